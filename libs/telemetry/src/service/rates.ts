import { fullBucket, takeOne } from './bucket.js';
import type { Bucket, Rate } from './bucket.js';

/** Beyond this many names those that have not been used for long are forgotten. */
const MAX_NAMES = 20_000;

/** One rate for each of many names: addresses, conversations, bots. */
export class Rates {
  private readonly buckets = new Map<string, Bucket>();

  constructor(private readonly rate: Rate) {}

  /** Takes one for this name; returns 0, or the milliseconds to wait when it was too fast. */
  take(name: string, now: number): number {
    const { bucket, waitMs } = takeOne(this.buckets.get(name) ?? fullBucket(this.rate, now), this.rate, now);
    // Taken out and put back: the map keeps the order of last use.
    this.buckets.delete(name);
    this.buckets.set(name, bucket);
    if (this.buckets.size > MAX_NAMES) this.buckets.delete(this.buckets.keys().next().value!);
    return waitMs;
  }
}
