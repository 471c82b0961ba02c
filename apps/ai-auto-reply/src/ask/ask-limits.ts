import { Rates } from '@baton/telemetry';
import type { Rate } from '@baton/telemetry';

/** Questions of one bot. */
const RATE: Rate = { perSecond: 5, burst: 20 };
/** Questions of one bot that are answered at once: visitors go on being answered while somebody tries out very much. */
const AT_ONCE = 4;
/** How soon somebody who is told that too many are answered may come back (ms). */
const BACK_IN_MS = 1_000;

/** How often a bot may be tried out, on this replica. */
export class AskLimits {
  private readonly rates = new Rates(RATE);
  private readonly running = new Map<string, number>();

  /** Begins one: what ends it, or the ms after which it may be tried again. */
  begin(botId: string, now: number): { readonly end: () => void } | { readonly waitMs: number } {
    const waitMs = this.rates.take(botId, now);
    if (waitMs > 0) return { waitMs };
    const running = this.running.get(botId) ?? 0;
    if (running >= AT_ONCE) return { waitMs: BACK_IN_MS };
    this.running.set(botId, running + 1);
    return { end: () => this.end(botId) };
  }

  private end(botId: string): void {
    const left = this.running.get(botId)! - 1;
    if (left > 0) this.running.set(botId, left);
    else this.running.delete(botId);
  }
}
