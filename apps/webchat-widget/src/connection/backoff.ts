/** The first wait is drawn below this, in ms; each further one below twice as much. */
export const FIRST_WAIT_MS = 500;
/** No wait is drawn above this, in ms. */
export const LONGEST_WAIT_MS = 30_000;

/**
 * How long to wait before the next attempt, in ms: full jitter, so that visitors who lost one server do not all come
 * back in the same moment. `attempt` counts from 0; `random` is in [0, 1).
 */
export function waitBefore(attempt: number, random: number): number {
  return Math.round(random * Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempt, 16)));
}
