import { FORGET_EVERY_MS } from '@baton/persistence/retention';
import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { Prune } from './prune.js';

type Parts = ConstructorParameters<typeof Prune>[0];

describe('forgetting', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  it('goes on alone for as long as it takes, and whoever stops it waits for it', async () => {
    const ends: (() => void)[] = [];
    const eraseOld = () => new Promise<number>((resolve) => ends.push(() => resolve(0)));
    const nothing = async () => 0;
    const parts = { eraseOld, inbox: { prune: nothing }, effects: { prune: nothing }, dataSource: { query: async () => [[], 0] } };
    const prune = new Prune({ ...parts, judgedDays: 7, log: { warn: () => undefined }, now: () => 0 } as unknown as Parts);
    prune.start();
    await jest.advanceTimersByTimeAsync(3 * FORGET_EVERY_MS);
    expect(ends).toHaveLength(1);
    ends.pop()!();
    await jest.advanceTimersByTimeAsync(FORGET_EVERY_MS);
    expect(ends).toHaveLength(1);
    let isStopped = false;
    const stopping = prune.stop().then(() => (isStopped = true));
    await jest.advanceTimersByTimeAsync(FORGET_EVERY_MS);
    expect(isStopped).toBe(false);
    ends.pop()!();
    await stopping;
    expect(ends).toHaveLength(0);
  });
});
