import { randomUUID } from 'node:crypto';
import { createDataSource, runMigrations } from '@baton/persistence';
import { eventually, freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/database.js';
import { migrations } from '../database/migrations.js';
import { stepsOf } from './privacy-request.js';
import { PrivacyStore } from './privacy-store.js';
import { WorkOff } from './work-off.js';

const CONVERSATIONS = 45;
const PORTIONS = 3;
const STEPS = 3;

describe('an export that takes longer than a minute', () => {
  let database: FreshDatabase;
  let dataSource: DataSource;
  let store: PrivacyStore;
  let now: Date;
  const later = (seconds: number): Date => new Date(now.getTime() + seconds * 1_000);

  beforeAll(async () => {
    database = await freshDatabase(process.env['DATABASE_URL']!);
    const of = { url: database.url, schema: SCHEMA, applicationName: 'lease-test' };
    await runMigrations({ ...of, migrations });
    dataSource = await createDataSource(of).initialize();
    store = new PrivacyStore(dataSource);
  }, 30_000);
  afterAll(async () => {
    await dataSource.destroy();
    await database.drop();
  });
  beforeEach(() => dataSource.query('DELETE FROM privacy_requests'));

  async function begun(): Promise<string> {
    now = new Date();
    const requestId = randomUUID();
    const subjects = { conversationIds: Array.from({ length: CONVERSATIONS }, () => randomUUID()), sessionIds: [] };
    const author = { kind: 'person', id: 'ada', name: 'Ada' } as const;
    await store.add(
      {
        ...{ requestId, workspaceId: 'acme', kind: 'export', author, subjects, atCrisp: false, steps: stepsOf('export') },
        ...{ crisp: [], createdAt: now, endedAt: null, resultUntil: null },
      },
      dataSource.manager,
    );
    return requestId;
  }

  /** A control plane at whose services each portion goes like this. */
  function worker(portion: () => Promise<void>): WorkOff {
    const json = async <T>(): Promise<T> => {
      await portion();
      return {} as T;
    };
    return new WorkOff({ store, services: { json }, log: { warn: () => undefined } as never, now: () => now });
  }

  it('stays the work of the replica that began it: no other one takes it in between', async () => {
    const requestId = await begun();
    const takenByAnother: (string | undefined)[] = [];
    const working = worker(async () => {
      now = later(40);
      takenByAnother.push((await store.take(now, later(60)))?.requestId);
    });
    working.wake();
    await eventually(async () => (await store.find('acme', requestId))?.endedAt, { what: 'its end' });
    await working.stop();
    expect(takenByAnother).toEqual(Array.from({ length: PORTIONS * STEPS }, () => undefined));
  }, 30_000);

  it('is let go by a replica that slept through its minute: what another one does is not done or written over by it', async () => {
    const requestId = await begun();
    let portions = 0;
    const working = worker(async () => {
      portions += 1;
      now = later(61);
      expect((await store.take(now, later(60)))?.requestId).toBe(requestId);
    });
    working.wake();
    await eventually(() => portions > 0, { what: 'the first portion' });
    await working.stop();
    expect(portions).toBe(1);
    expect((await store.find('acme', requestId))?.steps.every(({ done }) => !done)).toBe(true);
  }, 30_000);
});
