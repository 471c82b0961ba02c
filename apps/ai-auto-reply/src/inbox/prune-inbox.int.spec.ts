import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../database/index.js';
import { after, aSession, asks } from '../testing/sessions.js';
import { pruneInbox } from './prune-inbox.js';
import { lockSessions, readSession, saveSessions } from './session-store.js';
import { stateOf } from './session.js';
import type { Session } from './session.js';
import type { InboxFact } from './session-rules.js';

const NOW = Date.parse('2026-06-01T12:00:00Z');
const DAY = 86_400_000;
const OFF: InboxFact = { kind: 'command', at: 5, says: 'off' };

let database: FreshDatabase;
let dataSource: DataSource;
beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'prune');
  const options = { url: database.url, schema: SCHEMA, applicationName: 'prune-test', migrations };
  await runMigrations(options);
  dataSource = await createDataSource(options).initialize();
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

/** A session in which this happened so many days ago, and nothing since. */
async function silentFor(days: number, sessionId: string, ...facts: readonly InboxFact[]): Promise<void> {
  const visitor = { names: ['Ada'], emails: [], phones: [] };
  const session = after(aSession({ sessionId, visitor, read: true }), [asks(1), ...facts]);
  const then = new Date(NOW - days * DAY);
  await dataSource.transaction(async (manager) => {
    await lockSessions(manager, [sessionId], new Map([[sessionId, session]]), then);
    await saveSessions(manager, [session], then);
  });
}

async function afterPruning(sessionId: string): Promise<Session | undefined> {
  const nothing = { prune: () => Promise.resolve(0) };
  await pruneInbox({ dataSource, inbox: nothing, receipts: nothing, effects: nothing }, { sessionDays: 30, receiptDays: 90 }, NOW);
  return readSession(dataSource, sessionId);
}

describe('a silent session', () => {
  it('is forgotten after its days', async () => {
    await silentFor(29, 'session_young');
    await silentFor(31, 'session_old');
    expect((await afterPruning('session_young'))?.lines).toHaveLength(1);
    expect(await afterPruning('session_old')).toBeUndefined();
  });

  it('that was switched off stays off, without what was said and by whom', async () => {
    await silentFor(31, 'session_off', OFF);
    const kept = (await afterPruning('session_off'))!;
    expect(kept).toMatchObject({ lines: [], visitor: null, read: false });
    expect(stateOf(kept)).toBe('off');
    expect(stateOf(after(kept, [asks(NOW)]))).toBe('off');
  });

  it('that was switched off is forgotten after a year', async () => {
    await silentFor(364, 'session_364', OFF);
    await silentFor(366, 'session_366', OFF);
    expect(await afterPruning('session_364')).toBeDefined();
    expect(await afterPruning('session_366')).toBeUndefined();
  });
});
