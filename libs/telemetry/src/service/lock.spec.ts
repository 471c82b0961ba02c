import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Lock } from './lock.js';

const RATE = { perSecond: 1 / 10, burst: 3 };
const failing = (lock: Lock, times: number, now = 0) => Array.from({ length: times }, () => lock.fail('here', now));

describe('a lock', () => {
  it('lets a few failures pass, then locks, and tells for how long', () => {
    const lock = new Lock(RATE);
    expect(failing(lock, 4)).toEqual([0, 0, 0, 10_000]);
    expect([lock.waitMs('here', 0), lock.waitMs('here', 9_999), lock.waitMs('here', 10_000)]).toEqual([10_000, 1, 0]);
  });

  it('locks nobody else', () => {
    const lock = new Lock(RATE);
    failing(lock, 9);
    expect([lock.waitMs('there', 0), lock.fail('there', 0)]).toEqual([0, 0]);
  });

  it('lets nobody fail more often than its rate, however he spreads it', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 30_000 }), { maxLength: 200 }), (gaps) => {
        const lock = new Lock(RATE);
        let now = 0;
        let looked = 0;
        for (const gap of gaps) {
          now += gap;
          if (lock.waitMs('here', now) > 0) continue;
          looked += 1;
          lock.fail('here', now);
        }
        expect(looked).toBeLessThanOrEqual(2 * (RATE.burst + 1 + (now / 1_000) * RATE.perSecond));
      }),
    );
  });
});
