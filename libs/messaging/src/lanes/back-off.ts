export interface BackOff {
  /** The longest first wait, in milliseconds. */
  readonly firstMs: number;
  /** No wait is longer, in milliseconds. */
  readonly capMs: number;
}

/**
 * How long to wait after attempt `attempt` (the first is 1): doubled each time up to the cap, and spread over the upper half of that, so
 * that those who failed together do not come back together.
 * @param random a number from 0 to 1
 */
export function backOffMs({ firstMs, capMs }: BackOff, attempt: number, random: number): number {
  const longest = Math.min(capMs, firstMs * 2 ** Math.min(attempt - 1, 30));
  return longest * (0.5 + random / 2);
}
