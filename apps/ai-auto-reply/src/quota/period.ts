/** The calendar month (UTC) that a time counts in, `2026-01`. */
export function periodOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** Whether two times (ms) count in the same month. */
export function isSamePeriod(one: number, other: number): boolean {
  return periodOf(new Date(one)) === periodOf(new Date(other));
}

/** The month of a time and those before it, newest first, `count` together. */
export function lastPeriods(at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, ago) => periodOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - ago, 1))));
}
