/*
 *  attempt   1      2      3      4      5      6 …
 *  wait up to 0.5 s  1 s    2 s    4 s    8 s   10 s   for as long as it takes; jitter takes off up to half
 */
const FIRST_MS = 500;
/** A sick target is left alone by its breaker, so this only has to keep a well one from being asked for a hopeless effect too often. */
const LONGEST_MS = 10_000;

/** Milliseconds until the next attempt after `attempts` of them; `random` gives a number from 0 up to 1. */
export function backOff(attempts: number, random: () => number): number {
  const full = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempts - 1, 16));
  return Math.round(full * (1 - random() / 2));
}
