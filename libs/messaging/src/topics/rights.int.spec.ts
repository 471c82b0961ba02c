import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { eventually, freePort, freshDatabase, spawnService } from '@baton/testing';
import type { ChildService } from '@baton/testing';
import { runTopics } from '../cli/run-topics.js';
import { askKafka } from '../kafka/ask-kafka.js';
import { createKafka } from '../kafka/create-kafka.js';
import type { KafkaConfig } from '../kafka/kafka.js';
import { readPlaces } from '../kafka/read-places.js';
import { followTopic, readTopic } from '../kafka/topic-reader.js';
import { PREFIX, securedCorner } from '../testkit/secured-corner.js';
import type { SecuredCorner } from '../testkit/secured-corner.js';
import { survey, withAdmin } from './survey.js';
import { TOPIC_TABLE } from './topic-table.js';
import type { KafkaUser } from './topic-table.js';

const topic = (name: TopicName): string => topicOnTheWire(name, PREFIX);
const group = (name: string): string => groupOnTheWire(name, PREFIX);

const USERS: readonly KafkaUser[] = ['webhook-ingress', 'escalation-orchestrator', 'channel-dispatcher', 'ai-auto-reply', 'control-plane'];
const READERS = USERS.filter((user) => TOPIC_TABLE.some(({ readers }) => readers.some((reader) => reader.user === user)));

describe('on a Kafka with TLS, passwords and rights', () => {
  let corner: SecuredCorner;
  beforeAll(async () => {
    corner = await securedCorner(['demo']);
  }, 120_000);
  afterAll(() => corner.stop());

  /** Sends one record to each topic, and says what became of it. */
  async function sendTo(config: KafkaConfig, ...names: string[]): Promise<string[]> {
    const producer = createKafka(config).producer();
    const send = (name: string) =>
      producer.send([{ topic: name, key: 'key', value: 'value', headers: {} }]).then(
        () => 'taken',
        (error: unknown) => (error as Error).message,
      );
    const told: string[] = [];
    for (const name of names) told.push(await send(name));
    await producer.disconnect();
    return told;
  }

  /** Reads in a group until it was given partitions of all topics, or tells why not. */
  async function readIn(config: KafkaConfig, groupId: string, ...names: string[]): Promise<string> {
    let told = '';
    const consumer = createKafka(config).consumer({
      ...{ groupId, topics: names, maxWaitMs: 50 },
      events: {
        onAssigned: (partitions) => (told ||= `given ${new Set(partitions.map((one) => one.topic)).size} topics`),
        onRevoking: async () => undefined,
        onRecords: () => undefined,
        onAlive: () => undefined,
        onCrash: (error) => (told ||= error.message),
      },
    });
    await consumer.start().catch((error: unknown) => (told ||= (error as Error).message));
    await eventually(() => told !== '', { within: 20_000 });
    await consumer.stop().catch(() => undefined);
    return told;
  }

  it.each(USERS)(
    '%s writes what it writes and reads what it reads, with the rights that are printed',
    async (user) => {
      const config = corner.as(user);
      const writes = TOPIC_TABLE.filter(({ writers }) => writers.includes(user));
      expect(await sendTo(config, ...writes.map(({ name }) => topic(name)))).toEqual(writes.map(() => 'taken'));
      const reads = TOPIC_TABLE.flatMap(({ name, readers }) =>
        readers.filter((one) => one.user === user).map((reader) => ({ name: topic(name), group: group(reader.group) })),
      );
      for (const [groupId, of] of Map.groupBy(reads, (one) => one.group)) {
        const topics = of.map(({ name }) => name);
        expect(await readIn(config, groupId, ...topics)).toBe(`given ${of.length} topics`);
        await askKafka(createKafka(config), { reader: { topics, groupId }, withinMs: 20_000 });
      }
      const following = await followTopic({ kafka: createKafka(config), topic: topic('settings'), onRecord: () => undefined });
      await eventually(() => following.caughtUp, { within: 20_000 });
      await following.stop();
    },
    60_000,
  );

  it('a bot reads its turns in the group of its name, writes its answers, and reaches nothing else', async () => {
    const bot = corner.as('bot-demo');
    expect(await readIn(bot, group('bot.demo'), topic('bot-turns'))).toBe('given 1 topics');
    expect(await sendTo(bot, topic('bot-events'))).toEqual(['taken']);
    expect(await readIn(bot, group('bot.other'), topic('bot-turns'))).toMatch(/authoriz|group coordinator/i);
    expect(await readIn(bot, group('bot.demo'), topic('deliveries'))).toMatch(/authoriz|does not host/i);
    expect(await sendTo(bot, topic('deliveries'))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
  }, 30_000);

  it('replay reads records where they lie, and nothing that was not judged', async () => {
    const replay = corner.as('replay', 'baton-replay');
    await sendTo(corner.as('channel-dispatcher'), topic('visitor-messages'));
    expect(
      await readIn(replay, group('baton-replay.reader-x'), topic('visitor-messages'), topic('bot-events'), topic('crisp-webhooks')),
    ).toBe('given 3 topics');
    const [place] = (await withAdmin(replay, (admin) => admin.bounds(topic('visitor-messages')))).filter(({ begin, end }) => end > begin);
    const read: string[] = [];
    const { partition, begin: offset } = place!;
    await readPlaces({
      config: replay,
      places: [{ topic: topic('visitor-messages'), partition, offset }],
      onRecord: ({ key }) => read.push(key!.toString()),
    });
    expect(read).toEqual(['key']);
    expect(await readIn(replay, group('baton-replay.reader-y'), topic('deliveries'))).toMatch(/authoriz|does not host/i);
    expect(await sendTo(replay, topic('visitor-messages'))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
  }, 40_000);

  it('the verifier reads every topic and its settings, and writes none', async () => {
    const verify = corner.as('verify', 'baton-verify');
    const names = TOPIC_TABLE.map(({ name }) => topic(name));
    const there = await withAdmin(verify, (admin) => admin.describe(names, ['retention.ms']));
    expect(there.map((one) => one.topic).sort()).toEqual([...names].sort());
    expect(there.filter(({ settings }) => settings?.['retention.ms'] === undefined)).toEqual([]);
    for (const name of names) await readTopic(createKafka(verify), name, () => undefined);
    expect(await sendTo(verify, topic('settings'))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
  }, 60_000);

  it('the command for dead letters reads them and sends them again to where they came from', async () => {
    const user = corner.as('dead-letters', 'baton-dead-letters');
    await readTopic(createKafka(user), topic('dead-letters'), () => undefined);
    expect(await sendTo(user, topic('dead-letters'), topic('deliveries'), topic('settings'))).toEqual([
      'taken',
      'taken',
      'TOPIC_AUTHORIZATION_FAILED',
    ]);
  }, 40_000);

  it('a service may not write what another one writes', async () => {
    expect(await sendTo(corner.as('webhook-ingress'), topic('deliveries'))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
    expect(await sendTo(corner.as('channel-dispatcher'), topic('settings'))).toEqual(['TOPIC_AUTHORIZATION_FAILED']);
  });

  it('a service sees that its own topics are as they should be', async () => {
    const shape = { partitions: 3, replication: 1 };
    const { findings, unseen } = await withAdmin(corner.as('webhook-ingress'), (admin) =>
      survey(
        admin,
        PREFIX,
        shape,
        TOPIC_TABLE.filter(({ name }) => name === 'crisp-webhooks'),
      ),
    );
    expect({ findings, unseen }).toEqual({ findings: [], unseen: [] });
  });

  describe('the command for topics', () => {
    async function topics(env: Record<string, string>, ...argv: string[]): Promise<{ code: number; said: string }> {
      let said = '';
      const say = (text: string) => void (said += `${text}\n`);
      return { code: await runTopics(argv, env, say, say), said };
    }

    it('has what it needs with the rights of its own user', async () => {
      const env = corner.variablesOf('topics');
      expect(await topics({ ...env, KAFKA_TOPIC_PREFIX: `${PREFIX}.other` }, 'apply', '--partitions', '2')).toMatchObject({ code: 0 });
      const changed = await topics(
        { ...env },
        'apply',
        '--retention-days',
        '3',
        '--partitions',
        '4',
        '--alter-settings',
        '--grow-partitions',
        '--keys-move',
        // What the tests above wrote was read by nobody.
        ...READERS.flatMap((user) => ['--without', user]),
      );
      expect(changed).toMatchObject({ code: 0 });
    });

    it('tells with the rights of the scaler whether topics are there, and how far groups are; it reads nothing', async () => {
      const { said } = await topics(corner.variablesOf('scaler'), 'plan', '--json');
      const { topics: all, findings } = JSON.parse(said) as { topics: object[]; findings: { remedy: string }[] };
      expect(all).toHaveLength(TOPIC_TABLE.length);
      expect(findings.filter(({ remedy }) => remedy === 'create')).toEqual([]);
      const scaler = corner.as('scaler');
      await withAdmin(scaler, async (admin) => {
        expect(await admin.bounds(topic('deliveries'))).not.toEqual([]);
        // A coordinator that has just been chosen refuses for a moment.
        await eventually(() => admin.committed(group('channel-dispatcher'), topic('deliveries')), { within: 10_000 });
      });
      expect(await readIn(scaler, group('channel-dispatcher'), topic('deliveries'))).toMatch(/authoriz|group coordinator/i);
    }, 20_000);

    it.each([
      ['another user', () => corner.variablesOf('webhook-ingress'), 1, /deliveries\.v1 is missing, or this user may not see it/],
      [
        'a wrong password',
        () => ({ ...corner.variablesOf('topics'), KAFKA_SASL_PASSWORD: 'guessed' }),
        2,
        /did not take the user: look at KAFKA_SASL_/,
      ],
      [
        'no authority',
        () => ({ ...corner.variablesOf('topics'), KAFKA_TLS_CA: '' }),
        2,
        /a certificate that is not trusted .*look at KAFKA_TLS_CA/,
      ],
    ])('says what is wrong with %s', async (_, env, code, sentence) => {
      const answer = await topics(env(), 'check');
      expect(answer).toMatchObject({ code, said: expect.stringMatching(sentence) });
      expect(answer.said).not.toContain('guessed');
    });
  });

  it('a certificate is a name, too; without one, or with a foreign one, nobody comes in', async () => {
    const { broker } = corner;
    const { certFile, keyFile } = await broker.authority.issue('baton-channel-dispatcher');
    const { sasl: _, ...rest } = corner.as('channel-dispatcher');
    const config: KafkaConfig = { ...rest, brokers: [broker.byCertificate], tls: { caFile: broker.authority.caFile, certFile, keyFile } };
    const producer = createKafka(config).producer();
    const record = { key: 'key', value: 'value', headers: {} };
    await producer.send([{ topic: topic('visitor-messages'), ...record }]);
    await expect(producer.send([{ topic: topic('deliveries'), ...record }])).rejects.toThrow('TOPIC_AUTHORIZATION_FAILED');
    await producer.disconnect();
    const [told] = await sendTo({ ...config, tls: { caFile: broker.authority.caFile } }, topic('visitor-messages'));
    expect(told).toMatch(/alert (bad certificate|certificate required)/);
  });

  describe('the services themselves', () => {
    const running: ChildService[] = [];
    afterAll(() => Promise.all(running.map((service) => service.kill('SIGKILL'))));
    const key = Buffer.alloc(32, 7).toString('base64');
    const entry = (app: string, file: string) => fileURLToPath(new URL(`../../../../apps/${app}/dist/${file}.js`, import.meta.url));

    it('start and become ready, and say nothing of drift or missing rights', async () => {
      const database = await freshDatabase(process.env['DATABASE_URL']!);
      const common = {
        ...{ DATABASE_URL: database.url, LOG_LEVEL: 'info', TOPIC_RETENTION_DAYS: '3', TOPICS_AT_START: 'leave' },
        ...{ SETTINGS_KEY_WEBHOOKS: key, SETTINGS_KEY_CRISP: key, SETTINGS_KEY_MESSENGER: key, SETTINGS_KEY_MODELS: key },
        ...{ HISTORY_KEY: key, PUBLIC_URL: 'http://127.0.0.1:1' },
      };
      const lines: string[] = [];
      try {
        const migrated = ['escalation-orchestrator', 'control-plane'].map(
          (app) => spawnService({ name: app, entry: entry(app, 'migrate'), env: common }).exited,
        );
        expect(await Promise.all(migrated)).toEqual(migrated.map(() => ({ code: 0, signal: null })));
        const ready = (['control-plane', 'webhook-ingress', 'escalation-orchestrator'] as const).map(async (app) => {
          const port = await freePort();
          const env = { ...common, ...corner.variablesOf(app), HTTP_PORT: String(port) };
          const service = spawnService({ name: app, entry: entry(app, 'main'), env, onLine: (line) => lines.push(line) });
          running.push(service);
          await service.ready(`http://127.0.0.1:${port}/health/ready`, 40_000);
        });
        await Promise.all(ready);
      } finally {
        await Promise.all(running.map((service) => service.kill()));
        await database.drop();
      }
      expect(lines.filter((line) => /drift|AUTHORIZ|may not be seen/i.test(line))).toEqual([]);
    }, 90_000);
  });
});
