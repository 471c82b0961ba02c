import type { Rate } from './bucket.js';
import { Rates } from './rates.js';

/** Beyond this many names those that were locked first are forgotten. */
const MAX_LOCKED = 20_000;

/** Locks those who fail too often: nothing of theirs is looked at until their time is over, not even what would be right. Success costs nothing. */
export class Lock {
  private readonly failures: Rates;
  private readonly until = new Map<string, number>();

  /** @param rate of failures that are let pass */
  constructor(rate: Rate) {
    this.failures = new Rates(rate);
  }

  /** How long somebody is still locked, in milliseconds; 0 when he is not. */
  waitMs(name: string, now: number): number {
    return Math.max(0, (this.until.get(name) ?? 0) - now);
  }

  /** He failed. @returns how long he is locked for it, in milliseconds; 0 when he may try on */
  fail(name: string, now: number): number {
    const waitMs = this.failures.take(name, now);
    if (waitMs <= 0) return 0;
    this.until.delete(name);
    this.until.set(name, now + waitMs);
    if (this.until.size > MAX_LOCKED) this.until.delete(this.until.keys().next().value!);
    return waitMs;
  }
}
