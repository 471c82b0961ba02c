/** For how long Crisp is spared what is not needed, since it said that it was too much. */
export interface QuietTime {
  /** ms */
  readonly until: number;
  /** How long it is, or was (ms); 0 when there was none lately. */
  readonly lasts: number;
}

export const NO_QUIET: QuietTime = { until: 0, lasts: 0 };

const FIRST = 60_000;
const LONGEST = 15 * 60_000;

/**
 * A refusal begins a quiet time, and each that comes after it one of twice the length. Refusals within one say nothing new, for words go
 * on meanwhile. It is forgotten when Crisp took calls for as long again as it was spared.
 */
export function quietAfter(quiet: QuietTime, limited: boolean, now: number): QuietTime {
  if (now < quiet.until) return quiet;
  if (limited) {
    const lasts = Math.min(LONGEST, Math.max(FIRST, quiet.lasts * 2));
    return { until: now + lasts, lasts };
  }
  return quiet.lasts > 0 && now >= quiet.until + quiet.lasts ? NO_QUIET : quiet;
}
