/** Lets so many requests a second pass for each name, with a burst of as many; the rest are told how long to wait. */
export class RateLimit {
  private readonly buckets = new Map<string, { tokens: number; at: number }>();

  /** Names remembered at most: one that was not seen for long is full again anyway. */
  private static readonly MAX_NAMES = 10_000;

  constructor(private readonly perSecond: number) {}

  /** 0 when the request may pass, else the ms until one may. */
  take(name: string, now: number): number {
    const { perSecond } = this;
    const bucket = this.buckets.get(name) ?? { tokens: perSecond, at: now };
    const tokens = Math.min(perSecond, bucket.tokens + (Math.max(0, now - bucket.at) / 1_000) * perSecond);
    const passes = tokens >= 1;
    this.buckets.delete(name);
    this.buckets.set(name, { tokens: passes ? tokens - 1 : tokens, at: now });
    if (this.buckets.size > RateLimit.MAX_NAMES) this.buckets.delete(this.buckets.keys().next().value!);
    return passes ? 0 : Math.ceil(((1 - tokens) / perSecond) * 1_000);
  }
}
