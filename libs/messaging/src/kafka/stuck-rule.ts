/** In milliseconds. */
export interface StuckLimits {
  /** A consumer that was silent so long is asked about: its own supervision had a chance to replace it. */
  readonly askAfterMs: number;
  /** How often Kafka is asked then. */
  readonly askEveryMs: number;
  /** An answer that takes longer is none. */
  readonly answerWithinMs: number;
  /** A consumer is stuck when Kafka answered every time for so long, and it brought nothing all the while. */
  readonly stuckAfterMs: number;
}

/** Two replacements of a broken consumer (25 s each at the most) fit into the minute that Kafka has to be well. */
export const STUCK_LIMITS: StuckLimits = { askAfterMs: 30_000, askEveryMs: 10_000, answerWithinMs: 10_000, stuckAfterMs: 60_000 };

/** Answers further apart than this many rounds are no row: the process stood still meanwhile, and nobody knows what was. */
const ROUNDS_APART = 2;

/**
 * Tells a consumer that is stuck, which a restart helps, from a Kafka that is away, which no restart brings back. How long a consumer was
 * silent says neither: only time in which others were answered counts against it. All times are of one clock that never goes back (ms).
 */
export class StuckRule {
  private movedAt: number;
  private askedAt = -Infinity;
  private isAsking = false;
  /** The first and the last answer of the unbroken row up to now. */
  private row: { readonly first: number; readonly last: number } | undefined;

  constructor(
    private readonly limits: StuckLimits,
    now: number,
  ) {
    this.movedAt = now;
  }

  /** Something came by the consumer. */
  moved(at: number): void {
    this.movedAt = at;
    this.row = undefined;
  }

  silentMs(now: number): number {
    return now - this.movedAt;
  }

  /** Whether Kafka is to be asked now; when it says yes, it waits for `answered` before it says so again. */
  shouldAsk(now: number): boolean {
    const { askAfterMs, askEveryMs } = this.limits;
    if (this.isAsking || this.silentMs(now) < askAfterMs || now - this.askedAt < askEveryMs) return false;
    this.isAsking = true;
    this.askedAt = now;
    return true;
  }

  /** How the question ended. */
  answered(isThere: boolean, at: number): void {
    const wasBefore = this.askedAt < this.movedAt;
    this.isAsking = false;
    if (wasBefore) return;
    if (!isThere) this.row = undefined;
    else this.row = { first: this.row && at - this.row.last <= this.longestGapMs ? this.row.first : at, last: at };
  }

  /** Kafka was well for long enough, and the consumer brought nothing. */
  get isStuck(): boolean {
    return this.row !== undefined && this.row.last - this.row.first >= this.limits.stuckAfterMs;
  }

  private get longestGapMs(): number {
    return ROUNDS_APART * (this.limits.askEveryMs + this.limits.answerWithinMs);
  }
}
