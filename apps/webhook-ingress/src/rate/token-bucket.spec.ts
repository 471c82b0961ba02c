import { describe, expect, it } from '@jest/globals';
import { TokenBucket } from './token-bucket.js';

const taken = (bucket: TokenBucket, tries: number, now: number) =>
  Array.from({ length: tries }, () => bucket.take(now)).filter(Boolean).length;

describe('a rate of ten a second', () => {
  it('lets a burst of one second through, then refuses', () => {
    expect(taken(new TokenBucket(10, 0), 15, 0)).toBe(10);
  });

  it('lets one more through every tenth of a second', () => {
    const bucket = new TokenBucket(10, 0);
    taken(bucket, 10, 0);
    expect([taken(bucket, 5, 99), taken(bucket, 5, 100), taken(bucket, 5, 300)]).toEqual([0, 1, 2]);
  });

  it('saves no more than one second', () => {
    const bucket = new TokenBucket(10, 0);
    expect(taken(bucket, 100, 3_600_000)).toBe(10);
  });

  it('gives nothing for a clock that goes back', () => {
    const bucket = new TokenBucket(10, 10_000);
    taken(bucket, 10, 10_000);
    expect([taken(bucket, 5, 0), taken(bucket, 5, 10_000)]).toEqual([0, 0]);
  });
});
