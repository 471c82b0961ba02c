import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { testDatabase } from '../testkit/database-kit.js';
import type { TestDatabase } from '../testkit/database-kit.js';
import { Inbox } from './inbox.js';

describe('the inbox', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(() => database.drop());

  it('admits an id once, however often and by however many at the same time it comes', async () => {
    const inbox = new Inbox('same');
    const admitted = await Promise.all(
      Array.from({ length: 50 }, () => database.dataSource.transaction((manager) => inbox.admit(manager, ['e1', 'e1']))),
    );
    expect(admitted.flatMap((ids) => [...ids])).toEqual(['e1']);
  });

  it('admits an id again when the transaction that admitted it was rolled back', async () => {
    const inbox = new Inbox('rollback');
    const failing = database.dataSource.transaction(async (manager) => {
      await inbox.admit(manager, ['e1']);
      throw new Error('the change failed');
    });
    await expect(failing).rejects.toThrow('the change failed');
    expect(await database.dataSource.transaction((manager) => inbox.admit(manager, ['e1']))).toEqual(new Set(['e1']));
  });

  it('keeps the consumers of one service apart', async () => {
    const { manager } = database.dataSource;
    await new Inbox('one').admit(manager, ['e1']);
    expect(await new Inbox('two').admit(manager, ['e1'])).toEqual(new Set(['e1']));
  });

  it('does not dead-lock when two batches hold the same ids in opposite order', async () => {
    const inbox = new Inbox('order');
    const ids = Array.from({ length: 200 }, (_, n) => `e${n}`);
    const batches = Array.from({ length: 20 }, (_, n) => (n % 2 ? ids : [...ids].reverse()));
    const admitted = await Promise.all(batches.map((batch) => database.dataSource.transaction((manager) => inbox.admit(manager, batch))));
    expect(admitted.reduce((sum, { size }) => sum + size, 0)).toBe(200);
  });

  it('forgets what is older, a bounded number at a time', async () => {
    const inbox = new Inbox('prune');
    const { manager } = database.dataSource;
    await inbox.admit(manager, ['a', 'b', 'c']);
    await manager.query("UPDATE inbox SET at = '2026-01-01' WHERE consumer = 'prune' AND id <> 'c'");
    const border = new Date('2026-01-05');
    expect(await inbox.prune(manager, border, 1)).toBe(1);
    expect(await inbox.prune(manager, border, 10)).toBe(1);
    expect(await inbox.admit(manager, ['a', 'b', 'c'])).toEqual(new Set(['a', 'b']));
  });
});
