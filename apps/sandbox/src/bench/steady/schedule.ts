/** How far a load fell behind its own plan: that is the load's fault or the machine's, never the fault of what is measured. */
export interface Lateness {
  /** How late the latest one left, in milliseconds. */
  readonly worstMs: number;
  /** The part of all that left more than 100 ms late. */
  readonly lateRatio: number;
}

const LATE_US = 100_000;

/** An open loop: every message has its time, whatever became of those before. Times in microseconds of one clock. */
export class Schedule {
  private taken = 0;
  private late = 0;
  private worstUs = 0;

  constructor(
    private readonly perSecond: number,
    private readonly startUs: number,
    /** None is due at this time or later. */
    private readonly endUs: number,
  ) {
    if (!(perSecond > 0)) throw new Error(`a load of ${perSecond} a second is none`);
  }

  /** Those that are due by now and were not taken yet: when each should leave. Never fewer because earlier ones are unanswered. */
  take(nowUs: number): number[] {
    const due: number[] = [];
    for (;;) {
      const at = this.startUs + (this.taken / this.perSecond) * 1e6;
      if (at > nowUs || at >= this.endUs) return due;
      this.taken += 1;
      const lateUs = nowUs - at;
      if (lateUs > LATE_US) this.late += 1;
      this.worstUs = Math.max(this.worstUs, lateUs);
      due.push(at);
    }
  }

  isOver(nowUs: number): boolean {
    return nowUs >= this.endUs;
  }

  get lateness(): Lateness {
    return { worstMs: this.worstUs / 1_000, lateRatio: this.taken === 0 ? 0 : this.late / this.taken };
  }
}
