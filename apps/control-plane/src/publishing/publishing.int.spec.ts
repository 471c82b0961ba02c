import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { deleteBot, getBot, putBot } from '@baton/control-api';
import type { ApiClient } from '@baton/control-api';
import { settings, topicOnTheWire } from '@baton/contracts';
import { createKafka, followTopic } from '@baton/messaging/kafka';
import type { Following } from '@baton/messaging/kafka';
import { eventually } from '@baton/testing';
import { startStage } from '../testing/stage.js';
import type { Stage } from '../testing/stage.js';

describe('publishing with several replicas', () => {
  let stage: Stage;
  let other: Awaited<ReturnType<Stage['replica']>>;
  let following: Following;
  /** Bots as they lie on the topic, one entry for each record. */
  const records: string[] = [];

  beforeAll(async () => {
    stage = await startStage();
    other = await stage.replica();
    const kafka = { brokers: stage.config.KAFKA_BROKERS, clientId: 'publishing', topicPrefix: stage.config.KAFKA_TOPIC_PREFIX };
    following = await followTopic({
      kafka: createKafka(kafka),
      topic: topicOnTheWire(settings.name, kafka.topicPrefix),
      onRecord: ({ key, value }) => {
        if (String(key).startsWith('bot:')) records.push(`${String(key)} ${value === null ? 'gone' : nameIn(value)}`);
      },
    });
  });
  afterAll(async () => {
    await following.stop();
    await other.close().catch(() => undefined);
    await stage.close();
  });
  const nameIn = (value: Buffer) => (JSON.parse(value.toString()) as { bot: { name: string } }).bot.name;
  const publishers = () => stage.logLines.filter((line) => line.includes('this replica publishes')).length;

  const put = (client: ApiClient, botId: string, name: string, version: number | 'new') =>
    client.call(putBot, { params: { workspaceId: 'acme', botId }, body: { workspaceId: 'acme', botId, name } }, { version });

  it('one of them publishes, whoever was asked to change something', async () => {
    expect(await put(stage.client(), 'a', 'One', 'new')).toMatchObject({ published: true });
    expect(await put(other.client, 'b', 'Two', 'new')).toMatchObject({ published: true });
    await eventually(() => stage.published.bot('a') && stage.published.bot('b'), { what: 'both bots' });
    expect(publishers()).toBe(1);
  });

  it('many changes through both at once are all there in the end, and none twice', async () => {
    const ids = Array.from({ length: 12 }, (_, i) => `many-${i}`);
    const answers = await Promise.all(ids.map((id, i) => put(i % 2 ? other.client : stage.client(), id, `Bot ${id}`, 'new')));
    expect(answers.every(({ published }) => published)).toBe(true);
    await eventually(() => ids.every((id) => stage.published.bot(id)), { what: 'all of them' });
    const ours = () => records.filter((record) => record.startsWith('bot:many-'));
    // Who counts the records reads them by himself, and perhaps later.
    await eventually(() => new Set(ours()).size === ids.length, { what: 'a record of each' });
    expect(ours()).toHaveLength(ids.length);
  });

  it('a bot that is taken away stays known as one that its workspace had, until it comes back', async () => {
    const params = { workspaceId: 'acme', botId: 'former' };
    await put(stage.client(), 'former', 'Former', 'new');
    await stage.client().call(deleteBot, { params }, { version: 1 });
    await eventually(() => stage.published.bot('former') === undefined && stage.published.botIdsOf('acme').includes('former'), {
      what: 'its workspace having had it',
    });
    expect(stage.published.botIdsOf('rival')).not.toContain('former');
    await put(other.client, 'former', 'Here again', 2);
    await eventually(() => stage.published.bot('former'), { what: 'the bot that came back' });
    expect(stage.published.botIdsOf('acme').filter((id) => id === 'former')).toHaveLength(1);
  });

  it('when the one that publishes dies, the other one goes on', async () => {
    const holders = async (): Promise<{ pid: number; name: string }[]> =>
      stage.database.query(
        `SELECT a.pid, a.application_name AS name FROM pg_locks l JOIN pg_stat_activity a USING (pid)
         WHERE l.locktype = 'advisory' AND a.application_name LIKE '%publisher' AND a.datname = current_database()`,
      );
    const [first] = await holders();
    await stage.database.query('SELECT pg_terminate_backend($1)', [first!.pid]);
    await eventually(async () => (await holders()).some(({ pid }) => pid !== first!.pid), { what: 'another connection with the lock' });
    expect(await put(other.client, 'after', 'After', 'new')).toMatchObject({ version: 1 });
    await eventually(() => stage.published.bot('after'), { what: 'the bot made afterwards' });
    const { published } = await eventually(
      async () => {
        const shown = await stage.client().call(getBot, { params: { workspaceId: 'acme', botId: 'after' } });
        return shown.published && shown;
      },
      { what: 'that it is known to be published' },
    );
    expect(published).toBe(true);
  });

  it('when the one that publishes is stopped, the other one goes on at once', async () => {
    await stage.restart();
    expect(await put(other.client, 'later', 'Later', 'new')).toMatchObject({ published: true });
    expect(await put(stage.client(), 'latest', 'Latest', 'new')).toMatchObject({ published: true });
    await eventually(() => stage.published.bot('later') && stage.published.bot('latest'), { what: 'both' });
  });
});
