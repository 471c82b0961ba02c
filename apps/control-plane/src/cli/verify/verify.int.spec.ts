import { randomBytes, randomUUID } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { topicOnTheWire } from '@baton/contracts';
import { createKafka, ensureTopics, topicsToBe } from '@baton/messaging/kafka';
import { freshDatabase } from '@baton/testing';
import pg from 'pg';
import { runBaton } from '../run-baton.js';

const SHAPE = { partitions: 1, replication: 1 };
const WEEK_MS = 7 * 86_400_000;

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

  const verify = async (...person: string[]) => {
    const said: string[] = [];
    const complained: string[] = [];
    const terminal = {
      say: (text: string) => said.push(text),
      complain: (text: string) => complained.push(text),
      ask: undefined,
      hasColours: false,
    };
    const args = ['verify-erasure', ...person.flatMap((one) => ['--person', one])];
    const env = { KAFKA_BROKERS: kafka.brokers.join(','), KAFKA_TOPIC_PREFIX: prefix, DATABASE_URL: database.url };
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
      said: expect.stringContaining('2 tables looked at, something in 0'),
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

  it.each([[[]], [['ab']]])('a question that finds everything or nothing is refused: %j', async (person) => {
    expect(await verify(...person)).toMatchObject({ code: 64, complained: expect.stringContaining('--person') });
  });
});
