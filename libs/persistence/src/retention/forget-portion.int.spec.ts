import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { freshDatabase, type FreshDatabase } from '@baton/testing';
import type { DataSource, QueryRunner } from 'typeorm';
import { createDataSource } from '../data-source.js';
import { forgetPortion, type Limit } from './limit.js';

const NOW = new Date('2026-01-05T10:00:00.000Z');
const LIMIT: Limit = { table: 'notes', what: 'notes', past: 'at < $1', since: 'at', keeps: 1, everyMs: 1 };

let database: FreshDatabase;
let dataSource: DataSource;
let other: QueryRunner;
beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'forgetting');
  dataSource = await createDataSource({ url: database.url, schema: 'public', applicationName: 'forgetting', poolSize: 2 }).initialize();
  other = dataSource.createQueryRunner();
  await dataSource.query('CREATE TABLE notes (id int, at timestamptz NOT NULL)');
  await dataSource.query(`INSERT INTO notes SELECT n, $1::timestamptz - interval '1 second' * (n - 3) FROM generate_series(1, 10) n`, [
    NOW,
  ]);
});
afterAll(async () => {
  await other.release();
  await dataSource.destroy();
  await database.drop();
});

it('two who forget at the same moment take different rows, and none waits for the other', async () => {
  await other.startTransaction();
  expect(await forgetPortion(other, LIMIT, NOW, 3)).toBe(3);
  expect(await forgetPortion(dataSource, LIMIT, NOW, 3)).toBe(3);
  expect(await forgetPortion(dataSource, LIMIT, NOW, 3)).toBe(1);
  await other.commitTransaction();
  expect(await dataSource.query('SELECT id FROM notes ORDER BY id')).toEqual([{ id: 1 }, { id: 2 }, { id: 3 }]);
});
