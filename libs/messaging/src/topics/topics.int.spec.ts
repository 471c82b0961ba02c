import { randomBytes } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { groupOnTheWire, topicOnTheWire } from '@baton/contracts';
import type { TopicName } from '@baton/contracts';
import { eventually } from '@baton/testing';
import { runTopics } from '../cli/run-topics.js';
import { createKafka } from '../kafka/create-kafka.js';
import type { KafkaAdmin } from '../kafka/kafka.js';
import { topicsToBe } from './topic-shape.js';

const prefix = `topics-${randomBytes(4).toString('hex')}`;
const brokers = (process.env['KAFKA_BROKERS'] ?? '').split(',');
const kafka = createKafka({ brokers, clientId: 'topics-test', topicPrefix: prefix });
const topic = topicOnTheWire('deliveries', prefix);

describe('the command for topics', () => {
  let admin: KafkaAdmin;
  beforeAll(async () => {
    admin = kafka.admin();
    await admin.connect();
  });
  afterAll(async () => {
    await admin.deleteTopics(topicsToBe(prefix, {}).map((one) => one.topic)).catch(() => undefined);
    await admin.disconnect();
  });

  async function topics(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
    const said = { out: '', err: '' };
    const env = { KAFKA_BROKERS: brokers.join(','), KAFKA_TOPIC_PREFIX: prefix };
    const code = await runTopics(
      argv,
      env,
      (text) => void (said.out += `${text}\n`),
      (text) => void (said.err += `${text}\n`),
    );
    return { code, ...said };
  }

  it('plans and changes nothing, applies twice at once, and is content afterwards', async () => {
    const plan = await topics('plan', '--partitions', '3');
    expect([plan.code, plan.out.match(/^\+ to be created: /gm)?.length]).toEqual([1, 11]);
    expect((await topics('check')).code).toBe(1);
    const both = await Promise.all([topics('apply', '--partitions', '3'), topics('apply', '--partitions', '3')]);
    expect(both.map(({ code }) => code)).toEqual([0, 0]);
    expect(await topics('check', '--partitions', '3')).toMatchObject({ code: 0, out: '11 topics are as they should be.\n' });
    expect(await topics('apply', '--partitions', '3')).toMatchObject({ code: 0, out: '11 topics are as they should be.\n' });
  }, 30_000);

  it('tells what differs and leaves it, unless it is told to alter settings', async () => {
    await admin.alterSettings(topic, { 'retention.ms': '1000', 'segment.bytes': '2097152' });
    const left = await topics('apply');
    expect([left.code, left.out]).toEqual([
      1,
      `left as it is: ${topic}: retention.ms is 1000, wanted 604800000 (apply --alter-settings)\n`,
    ]);
    expect(await topics('apply', '--alter-settings')).toMatchObject({ code: 0 });
    // What somebody else has set stays.
    expect((await admin.describe([topic], ['segment.bytes']))[0]?.settings).toEqual({ 'segment.bytes': '2097152' });
  }, 30_000);

  it.each([
    ['nothing', [], 'One command is needed'],
    ['an unknown command', ['grow'], '"grow" is no command of topics'],
    ['growth without the word that says that keys move', ['apply', '--grow-partitions'], 'then say --keys-move, too'],
    ['to leave out a service that it does not know', ['apply', '--without', 'ai'], '--without knows escalation-orchestrator, '],
    ['to leave out a service where nothing waits', ['apply', '--without', 'ai-auto-reply'], '--without is for --grow-partitions'],
    ['a format that nobody knows', ['acls', '--format', 'xml'], '--format must be one of kafka-acls, strimzi, json'],
    ['a template that names everybody the same', ['acls', '--user-template', 'User:x'], '--user-template must contain {user}'],
  ])('refuses %s', async (_, argv, sentence) => {
    expect(await topics(...argv)).toMatchObject({ code: 64, err: expect.stringContaining(sentence) });
  });

  describe('growing', () => {
    const KEYS = Array.from({ length: 30 }, (_, n) => `conversation-${n}`);
    const seen = new Map<string, number[]>();

    async function send(name: TopicName, values: readonly string[], keys = ['key']): Promise<void> {
      const producer = kafka.producer();
      for (const value of values)
        await producer.send(keys.map((key) => ({ topic: topicOnTheWire(name, prefix), key, value, headers: {} })));
      await producer.disconnect();
    }

    const write = (from: number, to: number) =>
      send(
        'deliveries',
        Array.from({ length: to - from }, (_, n) => String(from + n)),
        KEYS,
      );

    /** A reader of the group, which commits what it has seen, until each key was seen so often. */
    async function readUntil(times: number): Promise<void> {
      const commits: Promise<void>[] = [];
      const consumer = kafka.consumer({
        ...{ groupId: groupOnTheWire('channel-dispatcher', prefix), topics: [topic], maxWaitMs: 50 },
        events: {
          onAssigned: () => undefined,
          onRevoking: async () => undefined,
          onAlive: () => undefined,
          onCrash: () => undefined,
          onRecords: (records, from) => {
            for (const { key, value } of records) seen.set(String(key), [...(seen.get(String(key)) ?? []), Number(value)]);
            commits.push(consumer.commit([{ ...from, offset: records.at(-1)!.offset + 1n }]));
          },
        },
      });
      await consumer.start();
      await eventually(() => KEYS.every((key) => (seen.get(key)?.length ?? 0) >= times), { within: 20_000 });
      await Promise.all(commits);
      await consumer.stop();
    }

    it('waits until everything was read; then nothing is lost, doubled or out of order', async () => {
      const grow = (...more: string[]) => topics('apply', '--partitions', '7', '--grow-partitions', '--keys-move', ...more);
      await write(0, 5);
      await readUntil(5);
      await write(5, 10);
      expect(await grow()).toMatchObject({
        code: 2,
        err: expect.stringMatching(/^Nothing was changed\. Not read to the end yet: .*150 records/),
      });
      expect(await admin.bounds(topic)).toHaveLength(3);
      await readUntil(10);
      await send('bot-turns', ['a turn']);
      const [waits, ai] = [await grow(), groupOnTheWire('ai-auto-reply', prefix)];
      expect(waits).toMatchObject({
        code: 2,
        err: expect.stringContaining(`: ${ai} has 1 records of ${topicOnTheWire('bot-turns', prefix)}`),
      });
      expect(waits.err).toContain('for it has committed nothing yet');
      expect(await grow('--without', 'ai-auto-reply')).toMatchObject({
        code: 0,
        out: expect.stringContaining(`grown: ${topic} from 3 to 7 partitions`),
      });
      await write(10, 15);
      await readUntil(15);
      const inOrder = Array.from({ length: 15 }, (_, n) => n);
      expect([...seen.values()]).toEqual(KEYS.map(() => inOrder));
      const used = (await admin.bounds(topic)).filter(({ begin, end }) => end > begin);
      expect(used.length).toBeGreaterThan(3);
    }, 60_000);
  });
});
