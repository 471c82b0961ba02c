import { derivedId } from '@baton/contracts';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { FreshDatabase } from '@baton/testing';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import type { DataSource } from 'typeorm';
import { SCHEMA } from '../database/index.js';
import type { Receipt } from './receipt.js';
import { Receipts1767690000000 } from './receipts.migration.js';
import { Receipts } from './receipts.js';

let database: FreshDatabase;
let dataSource: DataSource;
let receipts: Receipts;
beforeAll(async () => {
  database = await freshDatabase(process.env['DATABASE_URL']!, 'receipts');
  const options = { url: database.url, schema: SCHEMA, applicationName: 'receipts-test', migrations: [Receipts1767690000000] };
  await runMigrations(options);
  dataSource = await createDataSource(options).initialize();
  receipts = new Receipts(dataSource);
});
afterAll(async () => {
  await dataSource.destroy();
  await database.drop();
});

function aReceipt(name: string, patch: Partial<Receipt> = {}): Receipt {
  return {
    answerId: derivedId('test', name),
    workspaceId: 'acme',
    botId: 'demo',
    place: 'inbox',
    sessionId: 'session_a',
    epoch: 1,
    kind: 'answer',
    text: name,
    citations: [],
    trace: null,
    quotaEntryId: null,
    state: 'planned',
    at: new Date('2026-01-05T10:00:00.000Z'),
    ...patch,
  };
}

const write = (...all: Receipt[]) =>
  dataSource.transaction(async (manager) => void (await Promise.all(all.map((one) => receipts.write(manager, one)))));

describe('a receipt', () => {
  it('is kept as it was written first, and ends once', async () => {
    const one = aReceipt('once');
    await write(one);
    await write({ ...one, text: 'again' });
    expect(await receipts.one(one, one.answerId)).toEqual(one);
    expect(await receipts.end(dataSource.manager, one.answerId, 'posted')).toBe(true);
    expect(await receipts.end(dataSource.manager, one.answerId, 'dropped', 'human')).toBe(false);
    expect(await receipts.one(one, one.answerId)).toEqual({ ...one, state: 'posted' });
  });

  it('is shown to its own bot of its own workspace only', async () => {
    const mine = aReceipt('mine', { botId: 'private' });
    await write(mine);
    expect(await receipts.one({ workspaceId: 'other', botId: 'private' }, mine.answerId)).toBeUndefined();
    expect(await receipts.one({ workspaceId: 'acme', botId: 'demo' }, mine.answerId)).toBeUndefined();
    expect((await receipts.list({ workspaceId: 'other', botId: 'private', limit: 10 })).receipts).toEqual([]);
  });

  it('belongs to a session or to a conversation', async () => {
    const { sessionId: _sessionId, ...nowhere } = aReceipt('nowhere');
    await expect(write(nowhere)).rejects.toThrow(TypeError);
    const talk = { ...nowhere, place: 'webchat' as const, conversationId: derivedId('talk') };
    await write(talk);
    expect(await receipts.one(talk, talk.answerId)).toEqual(talk);
  });
});

describe('the list', () => {
  const many = Array.from({ length: 7 }, (_, index) =>
    aReceipt(`listed ${index}`, {
      botId: 'lister',
      at: new Date(Date.UTC(2026, 1, 1, 0, 0, 0, Math.floor(index / 3))),
      sessionId: `session_${index % 2}`,
    }),
  );

  it('is read page by page, newest first, without a gap or a repetition although several are of one moment', async () => {
    await write(...many);
    const seen: string[] = [];
    let before: string | undefined;
    do {
      const page = await receipts.list({ workspaceId: 'acme', botId: 'lister', limit: 2, ...(before === undefined ? {} : { before }) });
      seen.push(...page.receipts.map(({ text }) => text));
      before = page.next;
    } while (before !== undefined);
    expect(seen).toHaveLength(many.length);
    expect(new Set(seen).size).toBe(many.length);
    expect(seen[0]).toBe('listed 6');
  });

  it('is of one session, or of one state, where that is asked', async () => {
    const query = { workspaceId: 'acme', botId: 'lister', limit: 50 };
    expect((await receipts.list({ ...query, talkId: 'session_1' })).receipts).toHaveLength(3);
    expect((await receipts.list({ ...query, state: 'posted' })).receipts).toEqual([]);
    await expect(receipts.list({ ...query, before: "'; DROP TABLE receipts; --" })).rejects.toThrow(RangeError);
  });

  it('forgets what is old, a portion at a time', async () => {
    const before = new Date('2026-01-20T00:00:00.000Z');
    expect(await receipts.prune(dataSource.manager, before, 1)).toBe(1);
    while ((await receipts.prune(dataSource.manager, before, 100)) > 0);
    expect((await receipts.list({ workspaceId: 'acme', botId: 'demo', limit: 50 })).receipts).toEqual([]);
    expect((await receipts.list({ workspaceId: 'acme', botId: 'lister', limit: 50 })).receipts).toHaveLength(many.length);
  });
});
