import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../../schema/index.js';
import { CallCounts } from './call-counts.js';

const NOON = Date.parse('2026-01-05T12:00:00.000Z');
const DAY = 86_400_000;

describe('the calls of a token', () => {
  let database: { url: string; drop(): Promise<void> };
  let dataSource: DataSource;
  let now = NOON;
  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!, 'calls');
    await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'test' });
    dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' }).initialize();
  }, 30_000);
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });

  it('are those of all replicas, a moment later, and begin anew each day', async () => {
    const [one, other] = [new CallCounts(dataSource, () => now), new CallCounts(dataSource, () => now)];
    for (let i = 0; i < 3; i++) one.add('token');
    one.add('another');
    other.add('token');
    expect([one.today('token'), other.today('token')]).toEqual([3, 1]);
    await one.share();
    await other.share();
    await one.share();
    expect([one.today('token'), other.today('token'), other.today('another')]).toEqual([4, 4, 0]);
    now += DAY;
    expect([one.today('token'), other.today('token')]).toEqual([0, 0]);
    one.add('token');
    await one.share();
    await other.share();
    expect(other.today('token')).toBe(1);
  });

  it('are not lost where they could not be written', async () => {
    const nowhere = createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'test' });
    const counts = new CallCounts(nowhere, () => now);
    counts.add('token');
    await expect(counts.share()).rejects.toThrow();
    expect(counts.today('token')).toBe(1);
  });
});
