const PER_DOUBLING = 32;
const LONGEST_US = 2 ** 31;
const BUCKETS = 31 * PER_DOUBLING + 1;

/** Quantiles of times in bounded memory: 2 % apart, up to half an hour. */
export class Quantiles {
  private readonly buckets = new Uint32Array(BUCKETS);
  count = 0;

  add(us: number): void {
    const bounded = Math.min(LONGEST_US, Math.max(1, us));
    const bucket = Math.round(Math.log2(bounded) * PER_DOUBLING);
    this.buckets[bucket] = this.buckets[bucket]! + 1;
    this.count += 1;
  }

  /** In milliseconds; 0 when there are none. */
  at(quantile: number): number {
    let left = Math.ceil(quantile * this.count);
    if (this.count === 0) return 0;
    for (let bucket = 0; bucket < BUCKETS; bucket += 1) {
      left -= this.buckets[bucket]!;
      if (left <= 0) return 2 ** (bucket / PER_DOUBLING) / 1_000;
    }
    return LONGEST_US / 1_000;
  }
}
