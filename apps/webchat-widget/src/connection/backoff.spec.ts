import { describe, expect, it } from '@jest/globals';
import { FIRST_WAIT_MS, LONGEST_WAIT_MS, waitBefore } from './backoff.js';

describe('the wait before the next attempt', () => {
  it('is drawn from the whole span, so that a crowd does not come back at once', () => {
    expect(waitBefore(0, 0)).toBe(0);
    expect(waitBefore(0, 0.999)).toBeLessThan(FIRST_WAIT_MS + 1);
  });

  it('doubles with each attempt', () => {
    expect([0, 1, 2, 3].map((attempt) => waitBefore(attempt, 0.5))).toEqual([250, 500, 1_000, 2_000]);
  });

  it('never exceeds half a minute, however often it failed', () => {
    for (const attempt of [6, 7, 100, 100_000]) expect(waitBefore(attempt, 0.9999)).toBeLessThanOrEqual(LONGEST_WAIT_MS);
  });
});
