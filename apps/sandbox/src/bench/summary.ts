/** Quantiles of latencies given in microseconds, in milliseconds; 0 when there are none. */
export function summarize(latenciesUs: number[]): { p50Ms: number; p99Ms: number } {
  const sorted = latenciesUs.sort((a, b) => a - b);
  const at = (quantile: number) => (sorted[Math.floor(quantile * (sorted.length - 1))] ?? 0) / 1_000;
  return { p50Ms: at(0.5), p99Ms: at(0.99) };
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length === 0 ? 0 : sorted.length % 2 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}
