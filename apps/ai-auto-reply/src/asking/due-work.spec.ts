import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { DueWork } from './due-work.js';

describe('a process that has all hands full', () => {
  beforeEach(() => void jest.useFakeTimers({ now: 1_000_000 }));
  afterEach(() => void jest.useRealTimers());

  it('does not ask the database again and again for what it cannot take up, and goes on as soon as a hand is free', async () => {
    const waiting = ['a', 'b'];
    const ends = new Map<string, () => void>();
    let asked = 0;
    const work = new DueWork<string>({
      store: {
        claim: (_now, _until, room) => Promise.resolve(((asked += 1), waiting.splice(0, room))),
        renew: () => Promise.resolve(),
        nextDue: (now) => Promise.resolve(((asked += 1), waiting.length > 0 ? now.getTime() - 5_000 : undefined)),
      },
      keyOf: (piece) => piece,
      work: (piece) => new Promise((resolve) => ends.set(piece, resolve)),
      log: { warn: () => undefined },
      concurrency: 1,
      now: () => Date.now(),
    });
    work.start();
    await jest.advanceTimersByTimeAsync(10_000);
    expect([[...ends.keys()], asked]).toEqual([['a'], 1]);
    ends.get('a')!();
    await jest.advanceTimersByTimeAsync(10);
    expect([...ends.keys()]).toEqual(['a', 'b']);
    ends.get('b')!();
    await work.stop();
  });
});
