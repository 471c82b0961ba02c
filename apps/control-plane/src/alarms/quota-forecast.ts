const HOUR = 3_600_000;
const DAY = 24 * HOUR;

export interface QuotaForecast {
  /** Where the day ends at this pace, as a part of the limit: 1 is all of it. */
  readonly ratio: number;
  /** When the limit is reached at this pace (ms); null when not before the day (UTC) is over. */
  readonly endsAt: number | null;
}

/** How a day's calls end if they go on as they did since midnight (UTC). Told from the day's first hour on: before, it says too little. */
export function forecastOf({ used, limit, now }: { readonly used: number; readonly limit: number; readonly now: number }): QuotaForecast {
  const midnight = now - (now % DAY);
  const passed = Math.max(HOUR, now - midnight);
  const ratio = (used / limit) * (DAY / passed);
  if (used >= limit) return { ratio: Math.max(1, ratio), endsAt: now };
  return { ratio, endsAt: ratio > 1 ? Math.round(Math.max(now, midnight + passed * (limit / used))) : null };
}
