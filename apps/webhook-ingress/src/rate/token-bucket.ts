/**
 * Lets through `perSecond` on average, and a burst of one second's worth. Each replica counts for itself: the limit guards this process
 * and what stands behind it, it is no bill.
 */
export class TokenBucket {
  private tokens: number;
  private at: number;

  /** @param now the clock's time, in milliseconds; later calls give theirs */
  constructor(
    private readonly perSecond: number,
    now: number,
  ) {
    this.tokens = perSecond;
    this.at = now;
  }

  /** Takes one token; false when there is none. */
  take(now: number): boolean {
    if (now > this.at) {
      this.tokens = Math.min(this.perSecond, this.tokens + ((now - this.at) * this.perSecond) / 1_000);
      this.at = now;
    }
    if (this.tokens < 1) return false;
    this.tokens -= 1;
    return true;
  }
}
