import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { backOffMs } from './back-off.js';
import { whenToStart } from './gathering-rule.js';
import { pressureOn } from './pressure.js';

describe('the back-off', () => {
  const rule = { firstMs: 100, capMs: 5_000 };

  it('doubles from attempt to attempt up to the cap', () => {
    expect([1, 2, 3, 6, 7, 1_000].map((attempt) => backOffMs(rule, attempt, 1))).toEqual([100, 200, 400, 3_200, 5_000, 5_000]);
  });

  it('spreads those who failed together over half of the wait', () => {
    expect([0, 0.5, 1].map((random) => backOffMs(rule, 1, random))).toEqual([50, 75, 100]);
  });
});

describe('a batch begins', () => {
  const limits = { maxBatch: 100, concurrency: 3, patienceMs: 10 };

  it.each([
    ['at once when nothing is at work', { ready: 1, running: 0, sinceLastMs: 0 }, 'start'],
    ['not when nothing is ready', { ready: 0, running: 0, sinceLastMs: 1_000 }, 'wait'],
    ['later while another is at work, so that more gathers', { ready: 5, running: 1, sinceLastMs: 4 }, 6],
    ['beside the other when a whole batch has gathered', { ready: 100, running: 1, sinceLastMs: 0 }, 'start'],
    ['beside the other when that one takes too long', { ready: 5, running: 1, sinceLastMs: 10 }, 'start'],
    ['not when as many are at work as may be', { ready: 500, running: 3, sinceLastMs: 1_000 }, 'wait'],
  ] as const)('%s', (_, standing, expected) => {
    expect(whenToStart(standing, limits)).toBe(expected);
  });
});

describe('reading a partition', () => {
  const limits = { records: 400, bytes: 1_000_000, partitionShare: 0.25 };
  const load = (records: number, bytes = 0) => ({ records, bytes });

  it.each([
    ['goes on while there is room', load(99), load(99), false, 'stay'],
    ['pauses at its own share', load(100), load(100), false, 'pause'],
    ['pauses at its own share of bytes', load(1, 250_000), load(1, 250_000), false, 'pause'],
    ['pauses when all together are full, though it has little itself', load(1), load(400), false, 'pause'],
    ['stays paused until half of the room is free again', load(51), load(51), true, 'stay'],
    ['is resumed with half of the room free', load(50), load(200), true, 'resume'],
    ['stays paused while the others fill the room', load(0), load(201), true, 'stay'],
  ] as const)('%s', (_, partition, all, paused, expected) => {
    expect(pressureOn(partition, all, paused, limits)).toBe(expected);
  });

  it('never flaps: what was just paused is not resumed by the same load', () => {
    fc.assert(
      fc.property(fc.nat(500), fc.nat(500), (own, others) => {
        const all = load(own + others);
        if (pressureOn(load(own), all, false, limits) === 'pause') expect(pressureOn(load(own), all, true, limits)).toBe('stay');
        if (pressureOn(load(own), all, true, limits) === 'resume') expect(pressureOn(load(own), all, false, limits)).toBe('stay');
      }),
    );
  });
});
