import { describe, expect, it } from '@jest/globals';
import { Gathering, TooMuchWaiting } from './gathering.js';

class Passing extends Error {}
const isTransient = (error: unknown): boolean => error instanceof Passing;
const options = { maxBatch: 10, maxWaiting: 20, isTransient, patienceMs: 5_000 };

describe('gathering small work into batches', () => {
  it('works on what came meanwhile together, in the order it came', async () => {
    const batches: number[][] = [];
    const gathering = new Gathering(async (items: readonly number[]) => {
      batches.push([...items]);
      await new Promise((resolve) => setImmediate(resolve));
      return items.map((n) => n * 10);
    }, options);
    const first = gathering.add(1);
    await new Promise((resolve) => setImmediate(resolve));
    const rest = [2, 3, 4].map((n) => gathering.add(n));
    expect(await Promise.all([first, ...rest])).toEqual([10, 20, 30, 40]);
    expect(batches).toEqual([[1], [2, 3, 4]]);
  });

  it('refuses only the guilty one', async () => {
    const gathering = new Gathering(async (items: readonly number[]) => {
      if (items.includes(3)) throw new Error('three');
      return items;
    }, options);
    const results = await Promise.allSettled([1, 2, 3, 4].map((n) => gathering.add(n)));
    expect(results.map((result) => result.status)).toEqual(['fulfilled', 'fulfilled', 'rejected', 'fulfilled']);
  });

  it('repeats what fails for a moment only', async () => {
    let tries = 0;
    const gathering = new Gathering(async (items: readonly number[]) => {
      if (++tries < 3) throw new Passing();
      return items;
    }, options);
    expect(await gathering.add(1)).toBe(1);
  });

  it('refuses a batch as a whole when the trouble does not pass', async () => {
    const gathering = new Gathering<number, number>(() => Promise.reject(new Passing()), { ...options, patienceMs: 0 });
    const results = await Promise.allSettled([1, 2].map((n) => gathering.add(n)));
    expect(results.map((result) => result.status)).toEqual(['rejected', 'rejected']);
  });

  it('takes no more than it can hold', async () => {
    const gathering = new Gathering(async (items: readonly number[]) => items, { ...options, maxWaiting: 1 });
    const first = gathering.add(1);
    await expect(gathering.add(2)).rejects.toThrow(TooMuchWaiting);
    await first;
    await gathering.drain();
    expect(await gathering.add(3)).toBe(3);
  });
});
