import { afterEach, beforeEach, expect, it } from '@jest/globals';
import { FaultProxy, freshDatabase, type FreshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { createDataSource, isTransient } from './index.js';

let database: FreshDatabase;
let proxy: FaultProxy;
let dataSource: DataSource;

beforeEach(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'half_open');
  const { hostname, port } = new URL(database.url);
  proxy = await FaultProxy.start({ to: { host: hostname, port: Number(port) } });
  const url = new URL(database.url);
  url.host = `127.0.0.1:${proxy.port}`;
  dataSource = await createDataSource({
    ...{ url: url.href, schema: 'public', applicationName: 'half-open', poolSize: 1, answerWithinMs: 400 },
  }).initialize();
});

afterEach(async () => {
  await dataSource.destroy();
  await proxy.close();
  await database.drop();
});

it('a statement whose server vanished without a word fails as something that may be tried again, on a new connection', async () => {
  await dataSource.query('SELECT 1');
  proxy.cutSilently();
  const error: unknown = await dataSource.query('SELECT 1').catch((failure: unknown) => failure);
  expect(String(error)).toContain('Postgres did not answer for 0.4 s');
  expect(isTransient(error)).toBe(true);
  expect(await dataSource.query('SELECT 2 AS two')).toEqual([{ two: 2 }]);
});

it('so does one in a transaction', async () => {
  const inTransaction = dataSource.transaction(async (manager) => {
    await manager.query('SELECT 1');
    proxy.cutSilently();
    await manager.query('SELECT 2');
  });
  const error: unknown = await inTransaction.catch((failure: unknown) => failure);
  expect(isTransient(error)).toBe(true);
  expect(await dataSource.query('SELECT 3 AS three')).toEqual([{ three: 3 }]);
});

it('a connection that merely rests is not ended', async () => {
  await dataSource.query('SELECT 1');
  const [{ pid }] = await dataSource.query<[{ pid: number }]>('SELECT pg_backend_pid() AS pid');
  await new Promise((resolve) => setTimeout(resolve, 600));
  expect(await dataSource.query('SELECT pg_backend_pid() AS pid')).toEqual([{ pid }]);
});
