/** So many a second on average, so many at once. */
export interface Rate {
  readonly perSecond: number;
  readonly burst: number;
}

/** What is left of a rate at a moment, in milliseconds of any clock. */
export interface Bucket {
  readonly left: number;
  readonly at: number;
}

export function fullBucket(rate: Rate, now: number): Bucket {
  return { left: rate.burst, at: now };
}

/** Takes one; when there is none, the bucket stays and `waitMs` says when there will be. */
export function takeOne(bucket: Bucket, rate: Rate, now: number): { bucket: Bucket; waitMs: number } {
  const left = Math.min(rate.burst, bucket.left + (Math.max(0, now - bucket.at) / 1_000) * rate.perSecond);
  if (left >= 1) return { bucket: { left: left - 1, at: now }, waitMs: 0 };
  return { bucket: { left, at: now }, waitMs: Math.ceil(((1 - left) / rate.perSecond) * 1_000) };
}
