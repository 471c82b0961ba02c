/** A success earns this much of a retry. */
const EARNED = 0.1;
const MOST = 10;

/** Lets a tenth of all calls be tried again, so that an endpoint in trouble is not asked three times as much. */
export class RetryBudget {
  private left = MOST;

  succeeded(): void {
    this.left = Math.min(MOST, this.left + EARNED);
  }

  /** Whether one more try may be made. */
  take(): boolean {
    if (this.left < 1) return false;
    this.left -= 1;
    return true;
  }
}

const FIRST_WAIT_MS = 250;
const LONGEST_WAIT_MS = 5_000;

/**
 * Milliseconds before the next try, the first being number 1: what the endpoint asked for, else twice as long each time, between half
 * and whole so that many do not come back at once. Undefined when it asked for longer than anybody would wait.
 */
export function waitBefore(attempt: number, retryAfter: string | null, random: () => number = Math.random): number | undefined {
  const asked = retryAfter === null || retryAfter.trim() === '' ? NaN : Number(retryAfter) * 1_000;
  if (asked >= 0) return asked <= LONGEST_WAIT_MS ? asked : undefined;
  return Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** (attempt - 1)) * (0.5 + random() / 2);
}
