import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOnTheWire } from '@baton/contracts';
import { createKafka, ensureTopics, topicsToBe } from '@baton/messaging/kafka';
import { freshDatabase } from '@baton/testing';
import pg from 'pg';
import { runBaton } from '../run-baton.js';

const SHAPE = { partitions: 1, replication: 1 };
const SCHEMAS = ['orchestrator', 'dispatcher', 'ai_auto_reply', 'control_plane', 'knowledge'];
const WEEK_MS = 7 * 86_400_000;

interface Look {
  readonly person?: readonly string[];
  readonly more?: readonly string[];
  readonly url?: string;
  readonly env?: NodeJS.ProcessEnv;
}

describe('whether somebody was erased', () => {
  const prefix = `verify-${randomBytes(4).toString('hex')}`;
  const kafka = { brokers: process.env['KAFKA_BROKERS']!.split(','), clientId: 'verify', topicPrefix: prefix };
  let database: Awaited<ReturnType<typeof freshDatabase>>;
  let client: pg.Client;

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!);
    client = new pg.Client({ connectionString: database.url });
    await client.connect();
    await client.query('CREATE SCHEMA a; CREATE TABLE a.words (id uuid, body jsonb); CREATE TABLE a.files (name text, bytes bytea)');
    for (const schema of SCHEMAS) await client.query(`CREATE SCHEMA ${schema}; CREATE TABLE ${schema}.one (words text)`);
    await ensureTopics(kafka, SHAPE);
  });
  afterAll(async () => {
    await client.end();
    await database.drop();
    const admin = createKafka(kafka).admin();
    await admin.connect();
    await admin.deleteTopics(topicsToBe(prefix, SHAPE).map(({ topic }) => topic));
    await admin.disconnect();
  });

  const verify = (...person: string[]) => look({ person });
  const look = async ({ person = ['nobody@example.test'], more = [], url = database.url, env: given = {} }: Look) => {
    const said: string[] = [];
    const complained: string[] = [];
    const terminal = {
      say: (text: string) => said.push(text),
      complain: (text: string) => complained.push(text),
      ask: undefined,
      hasColours: false,
    };
    const args = ['verify-erasure', ...person.flatMap((one) => ['--person', one]), ...more];
    const env = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: prefix, DATABASE_URL: url, ...given };
    const code = await runBaton(args, env, {
      ...terminal,
      say: (text) => void said.push(text),
      complain: (text) => void complained.push(text),
    });
    return { code, said: said.join('\n'), complained: complained.join('\n') };
  };
  const produce = async (name: 'visitor-messages' | 'settings', key: string, value: string) => {
    const producer = createKafka(kafka).producer();
    await producer.connect();
    await producer.send([{ topic: topicOnTheWire(name, prefix), key, value, headers: {} }]);
    await producer.disconnect();
  };

  it('nothing is found of whom nobody knows', async () => {
    expect(await verify('nobody@example.test')).toMatchObject({
      code: 0,
      said: expect.stringContaining('7 tables looked at, something in 0'),
    });
  });

  it.each<[string, string, (text: string) => Promise<unknown>, RegExp]>([
    ['an id', randomUUID(), (id) => client.query('INSERT INTO a.words (id) VALUES ($1)', [id]), /a\.words: 1 row/],
    [
      'an address, in JSON, in other letters',
      'Anna.Exämple@example.test',
      (text) => client.query('INSERT INTO a.words (body) VALUES ($1)', [JSON.stringify({ deep: [{ mail: text.toUpperCase() }] })]),
      /a\.words: 1 row/,
    ],
    ['words with signs', '100% "sure"_\\', (text) => client.query('INSERT INTO a.files (name) VALUES ($1)', [text]), /a\.files: 1 row/],
    [
      'bytes',
      'bytes of somebody',
      (text) => client.query('INSERT INTO a.files (bytes) VALUES ($1)', [Buffer.from(`x ${text} y`)]),
      /a\.files: 1 row/,
    ],
  ])('a planted leftover is found: %s', async (_what, text, plant, told) => {
    await plant(text);
    expect(await verify(text)).toMatchObject({ code: 1, said: expect.stringMatching(told) });
  });

  it('what lies on a topic is told with the time of its end', async () => {
    const name = `on a topic ${randomUUID()}`;
    await produce('visitor-messages', 'k', JSON.stringify({ text: name }));
    const { code, said } = await verify(name);
    expect(code).toBe(2);
    const until = new Date(/visitor-messages\.v1: 1 record, deleted by Kafka until (\S+)/.exec(said)![1]!).getTime();
    expect(Math.abs(until - Date.now() - WEEK_MS)).toBeLessThan(60_000);
  });

  it('what lies on a topic that keeps it for ever is no erasure', async () => {
    const name = `for ever ${randomUUID()}`;
    await produce('settings', name, '{}');
    expect(await verify(name)).toMatchObject({ code: 1, said: expect.stringContaining('settings.v1: 1 record, kept for ever') });
  });

  describe('is not said where something was not looked at:', () => {
    const nothing = (told: RegExp) => ({ code: 69, complained: expect.stringMatching(told) });
    const reader = `reader_${randomBytes(4).toString('hex')}`;

    beforeAll(async () => {
      await client.query(`CREATE ROLE ${reader} LOGIN PASSWORD 'reader'`);
      for (const schema of SCHEMAS)
        await client.query(`GRANT USAGE ON SCHEMA ${schema} TO ${reader}; GRANT SELECT ON ${schema}.one TO ${reader}`);
    });
    afterAll(() => client.query(`DROP OWNED BY ${reader}; DROP ROLE ${reader}`));

    it('a table that the user may not read, while others’ tables are others’ matter', async () => {
      const url = Object.assign(new URL(database.url), { username: reader, password: 'reader' }).href;
      expect(await look({ url })).toMatchObject({ code: 0 });
      await client.query(`REVOKE SELECT ON dispatcher.one FROM ${reader}`);
      expect(await look({ url })).toMatchObject(nothing(/^Not looked at: \S+ dispatcher\.one: this user may not read it/));
      const name = `found all the same ${randomUUID()}`;
      await client.query('INSERT INTO orchestrator.one VALUES ($1)', [name]);
      expect(await look({ url, person: [name] })).toMatchObject({ code: 1, complained: expect.stringContaining('dispatcher.one') });
    });

    it('a service whose tables are elsewhere, unless it is not installed or they have another name', async () => {
      await client.query('ALTER SCHEMA knowledge RENAME TO known');
      expect(await look({})).toMatchObject(nothing(/the schema knowledge of ai-auto-reply has no table in/));
      expect(await look({ more: ['--without', 'ai-auto-reply'] })).toMatchObject({ code: 0, complained: '' });
      expect(await look({ env: { KNOWLEDGE_SCHEMA: 'known' } })).toMatchObject({ code: 0, complained: '' });
      expect(await look({ more: ['--without', 'everything'] })).toMatchObject({ code: 64 });
      await client.query('ALTER SCHEMA known RENAME TO knowledge');
    });

    it('topics that are not there', async () => {
      expect(await look({ env: { KAFKA_TOPIC_PREFIX: `${prefix}-other` } })).toMatchObject(
        nothing(/^Not looked at: topic \S+-other\.crisp-webhooks\.v1: it is not there/),
      );
    });
  });

  it.each([[[]], [['ab']]])('a question that finds everything or nothing is refused: %j', async (person) => {
    expect(await verify(...person)).toMatchObject({ code: 64, complained: expect.stringContaining('--person') });
  });
});
