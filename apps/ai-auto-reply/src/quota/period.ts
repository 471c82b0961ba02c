/** The calendar month (UTC) that a time counts in, `2026-01`. */
export function periodOf(at: Date): string {
  return at.toISOString().slice(0, 7);
}

/** The month of a time and those before it, newest first, `count` together. */
export function lastPeriods(at: Date, count: number): string[] {
  return Array.from({ length: count }, (_, ago) => periodOf(new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() - ago, 1))));
}
