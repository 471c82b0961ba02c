import type { DataSource } from 'typeorm';
import { takeTokens, type TokenRequest } from '../store/tokens.js';

export interface Budget {
  /** Calls a second to this target, of all replicas together. */
  readonly perSecond: number;
  /** Calls that may come at once after a rest; default one second's worth, at least 1. */
  readonly burst?: number;
}

interface Held {
  tokens: number;
  /** Tokens that were not used by then are forgotten: a replica must not save them up. */
  usableUntil: number;
  /** The bucket was empty; asking before then is in vain. */
  emptyUntil: number;
}

/** Tokens are taken for about so long in advance, so that a busy target costs few statements a second. */
const AHEAD_SECONDS = 0.1;
const USABLE_MS = 1_000;

/** The calls that each target still allows, out of a token bucket that all replicas share. Times are in milliseconds. */
export class Budgets {
  private readonly held = new Map<string, Held>();

  constructor(private readonly budgetOf: (target: string) => Budget | undefined) {}

  /** How many calls may be begun now. */
  available(target: string, now: number): number {
    if (this.budgetOf(target) === undefined) return Infinity;
    const held = this.held.get(target);
    return held === undefined || held.usableUntil <= now ? 0 : held.tokens;
  }

  /** Takes one, if there is one. */
  spend(target: string, now: number): boolean {
    const available = this.available(target, now);
    if (available < 1) return false;
    const held = this.held.get(target);
    if (held !== undefined && available !== Infinity) held.tokens -= 1;
    return true;
  }

  giveBack(target: string): void {
    const held = this.held.get(target);
    if (held !== undefined) held.tokens += 1;
  }

  /** Milliseconds until the bucket is worth asking again; 0 when it is now. */
  wait(target: string, now: number): number {
    if (this.available(target, now) >= 1) return 0;
    return Math.max(0, (this.held.get(target)?.emptyUntil ?? 0) - now);
  }

  /** Fetches tokens for those targets that have fewer than they need: one statement for all of them, none when none is short. */
  async fetch(dataSource: DataSource, needs: ReadonlyMap<string, number>, at: Date): Promise<boolean> {
    const now = at.getTime();
    const requests: TokenRequest[] = [];
    for (const [target, need] of needs) {
      const budget = this.budgetOf(target);
      if (budget === undefined || this.available(target, now) >= 1 || this.wait(target, now) > 0) continue;
      const burst = budget.burst ?? Math.max(1, budget.perSecond);
      const want = Math.max(1, Math.min(Math.floor(burst), Math.max(need, Math.ceil(budget.perSecond * AHEAD_SECONDS))));
      requests.push({ target, perSecond: budget.perSecond, burst, want });
    }
    if (requests.length === 0) return false;
    const granted = await takeTokens(dataSource, requests, at);
    for (const { target, perSecond } of requests) {
      const { granted: tokens, left } = granted.get(target) ?? { granted: 0, left: 0 };
      const emptyUntil = tokens > 0 ? 0 : now + Math.ceil(((1 - left) / perSecond) * 1_000);
      this.held.set(target, { tokens, usableUntil: now + USABLE_MS, emptyUntil });
    }
    return true;
  }

  /** Forgets targets that nobody asked for lately. */
  forget(now: number): void {
    for (const [target, held] of this.held) if (held.usableUntil + 60_000 < now) this.held.delete(target);
  }
}
