import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import pg from 'pg';
import { freePort } from '../free-port.js';
import type { OwnServer } from '../restartable.js';
import { startPgliteServer } from './pglite-server.js';

let directory: string;
let port: number;
let server: OwnServer;
const open: pg.Client[] = [];

beforeAll(async () => {
  directory = await mkdtemp(path.join(tmpdir(), 'baton-pglite-'));
  port = await freePort();
  server = await startPgliteServer({ directory, port });
});
afterEach(async () => {
  await Promise.all(open.splice(0).map((client) => client.end().catch(() => undefined)));
});
afterAll(async () => {
  await server?.stop();
  await rm(directory, { recursive: true, force: true });
});

async function client(config: pg.ClientConfig = {}): Promise<pg.Client> {
  const made = new pg.Client({ host: '127.0.0.1', port, user: 'postgres', database: 'postgres', ...config });
  made.on('error', () => undefined);
  await made.connect();
  open.push(made);
  return made;
}

const value = async (from: pg.Client, sql: string, values?: unknown[]): Promise<unknown> =>
  Object.values((await from.query<Record<string, unknown>>(sql, values)).rows[0] ?? {})[0];

describe('a knowledge database of one process', () => {
  it('has vectors, trigrams and the text search of many languages', async () => {
    const one = await client();
    expect(await value(one, `SELECT '[1,0]'::vector <=> '[0,1]'::vector`)).toBe(1);
    expect(await value(one, `SELECT similarity('password', 'pasword') > 0.5`)).toBe(true);
    expect(await value(one, `SELECT unaccent('déjà')`)).toBe('deja');
    expect(await value(one, `SELECT to_tsvector('german', 'Rechnungen')::text`)).toBe(`'rechnung':1`);
  });

  it('keeps what was committed through a SIGKILL, on the same port', async () => {
    const before = await client();
    await before.query('CREATE TABLE survivor (text text)');
    await before.query(`INSERT INTO survivor VALUES ('hello')`);

    await server.kill();
    await server.start();

    expect(await value(await client(), 'SELECT text FROM survivor')).toBe('hello');
  });

  it('lets nobody else into its files', async () => {
    await expect(startPgliteServer({ directory, port: await freePort() })).rejects.toThrow(/is used by process \d+/);
  });

  it('says so when it is asked for what it has not: another database, an unknown setting', async () => {
    await expect(client({ database: 'other' })).rejects.toMatchObject({ code: '3D000' });
    await expect(client({ options: '-c no_such_setting=1' })).rejects.toThrow('unrecognized configuration parameter "no_such_setting"');
  });
});

describe('clients that come at the same time', () => {
  let a: pg.Client;
  let b: pg.Client;
  beforeEach(async () => {
    a = await client({ options: '-c search_path=house_a,public', application_name: 'a' });
    b = await client({ options: '-c search_path=house_b,public', application_name: 'b' });
    for (const [one, house] of [
      [a, 'house_a'],
      [b, 'house_b'],
    ] as const) {
      await one.query(`DROP SCHEMA IF EXISTS ${house} CASCADE`);
      await one.query(`CREATE SCHEMA ${house}`);
      await one.query('CREATE TABLE said (n int)');
    }
  });

  it('each find their own tables and settings, as if nobody else were there', async () => {
    await a.query('SET work_mem = 8192');
    await b.query(`SELECT set_config('hnsw.ef_search', '77', false)`);
    const say = async (one: pg.Client, n: number): Promise<void> => {
      for (let i = 0; i < 50; i += 1) await one.query('INSERT INTO said VALUES ($1)', [n]);
    };
    await Promise.all([say(a, 0), say(b, 1)]);

    expect(await value(a, 'SELECT array_agg(DISTINCT n) FROM said')).toEqual([0]);
    expect(await value(b, 'SELECT array_agg(DISTINCT n) FROM said')).toEqual([1]);
    expect([await value(a, 'SHOW work_mem'), await value(b, 'SHOW work_mem')]).toEqual(['8MB', '4MB']);
    expect([await value(a, 'SHOW hnsw.ef_search'), await value(b, 'SHOW hnsw.ef_search')]).toEqual(['40', '77']);
    expect([await value(a, 'SHOW application_name'), await value(b, 'SHOW application_name')]).toEqual(['a', 'b']);
  });

  it('do not see into, nor end, each other’s transactions', async () => {
    const road = async (one: pg.Client): Promise<void> => {
      for (let n = 0; n < 30; n += 1) {
        await one.query('BEGIN');
        await one.query('INSERT INTO said VALUES ($1)', [n]);
        await new Promise((resolve) => setImmediate(resolve));
        expect(await value(one, 'SELECT count(*)::int FROM said')).toBe(1 + Math.ceil(n / 2));
        await one.query(n % 2 === 0 ? 'COMMIT' : 'ROLLBACK');
      }
    };
    await Promise.all([road(a), road(b)]);
    expect([await value(a, 'SELECT count(*)::int FROM said'), await value(b, 'SELECT count(*)::int FROM said')]).toEqual([15, 15]);
  });

  it('may give prepared statements the same name', async () => {
    const first = { name: 'one', text: 'SELECT $1::int + 1' };
    const second = { name: 'one', text: `SELECT $1::text || '!'` };
    for (let i = 0; i < 2; i += 1) {
      expect((await a.query({ ...first, values: [1], rowMode: 'array' })).rows).toEqual([[2]]);
      expect((await b.query({ ...second, values: ['x'], rowMode: 'array' })).rows).toEqual([['x!']]);
    }
  });

  it('are told their own mistakes and go on', async () => {
    await expect(a.query('SELECT 1/$1::int', [0])).rejects.toMatchObject({ code: '22012' });
    await expect(a.query('nonsense')).rejects.toMatchObject({ code: '42601' });
    await a.query('BEGIN');
    await expect(a.query('SELECT * FROM nowhere')).rejects.toMatchObject({ code: '42P01' });
    await expect(a.query('SELECT 1')).rejects.toMatchObject({ code: '25P02' });
    await a.query('ROLLBACK');
    expect(await value(a, 'SELECT $1::int', [7])).toBe(7);
  });

  it('wait for each other’s advisory locks, until they are returned or their holder is gone', async () => {
    const lock = (one: pg.Client): Promise<unknown> => value(one, 'SELECT pg_advisory_lock(hashtext($1))', ['migrations']);
    const order: string[] = [];
    await lock(a);
    const second = lock(b).then(() => order.push('b'));
    // A third one with another lock is not held up.
    await value(await client(), 'SELECT pg_advisory_lock(hashtext($1))', ['other']);
    order.push('a');
    await value(a, 'SELECT pg_advisory_unlock(hashtext($1))', ['migrations']);
    await second;
    expect(order).toEqual(['a', 'b']);

    const third = lock(a);
    await b.end();
    await third;
  });

  it('leave nothing open when they break off in the middle', async () => {
    await a.query('BEGIN');
    await a.query('INSERT INTO said VALUES (1)');
    (a as unknown as { connection: { stream: { destroy(): void } } }).connection.stream.destroy();
    expect(await value(b, 'SELECT count(*)::int FROM house_a.said')).toBe(0);
  });

  it('are sent away when they forget a transaction', async () => {
    const forgetful = await client({ idle_in_transaction_session_timeout: 100 });
    const sentAway = new Promise<Error>((resolve) => forgetful.on('error', resolve));
    await forgetful.query('BEGIN');
    expect(await value(b, 'SELECT 1')).toBe(1);
    expect(await sentAway).toMatchObject({ code: '25P03' });
  });

  it('may speak of such a timeout to the database, which would never come back from it', async () => {
    await a.query('BEGIN');
    await a.query('SET LOCAL idle_in_transaction_session_timeout = 1');
    await new Promise((resolve) => setTimeout(resolve, 20));
    await a.query('COMMIT');
    expect(await value(b, 'SELECT 1')).toBe(1);
  });
});
