import { describe, expect, it } from '@jest/globals';
import { fullBucket, takeOne } from './bucket.js';

const rate = { perSecond: 5, burst: 10 };

function tryAt(times: readonly number[]): number[] {
  let bucket = fullBucket(rate, 0);
  return times.map((time) => {
    const result = takeOne(bucket, rate, time);
    bucket = result.bucket;
    return result.waitMs;
  });
}

describe('5 a second, 10 at once', () => {
  it('lets a burst pass and says when the next may come', () => {
    const waits = tryAt(Array.from({ length: 11 }, () => 0));
    expect(waits).toEqual([0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 200]);
  });

  it('lets everything pass that keeps the pace', () => {
    expect(tryAt(Array.from({ length: 100 }, (_, i) => i * 200)).every((wait) => wait === 0)).toBe(true);
  });

  it('is not refilled beyond the burst', () => {
    const waits = tryAt(Array.from({ length: 11 }, () => 3_600_000));
    expect(waits.at(-1)).toBe(200);
  });

  it('gives nothing for a clock that goes back', () => {
    const { bucket } = takeOne({ left: 0, at: 1_000 }, rate, 0);
    expect(bucket.left).toBe(0);
  });
});
