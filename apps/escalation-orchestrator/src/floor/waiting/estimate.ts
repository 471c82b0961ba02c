/** How one handover went, from the moment it was in the agents' inbox. */
export interface Wait {
  /** ms */
  readonly ms: number;
  /** `false`: nobody had written by then, for the visitor left, was given back, or waits still; he waited at least so long. */
  readonly answered: boolean;
}

export interface Estimate {
  /** Within so many ms four of five visitors had a human's word. */
  readonly ms: number;
  /** So many answered waits say so. */
  readonly of: number;
  /** From 0 to 1: how sure it is that most visitors, more than half, were answered within that time. */
  readonly confidence: number;
}

/** Fewer answered waits say nothing. */
const FEWEST = 8;
/** The share of visitors who were answered within the estimate. */
const WITHIN = 0.8;
/** Where the slowest quarter waited more than so many times longer than half of them, one number misleads. */
const WIDEST = 4;
const LEAST_CONFIDENCE = 0.9;

interface Step {
  readonly ms: number;
  /** The share that still waited after it. */
  readonly waiting: number;
  /** Greenwood's sum: the variance of that share is its square times this. */
  readonly spread: number;
}

/**
 * How long a visitor waits for a human's word, by how long others waited lately; null when that would mislead.
 *
 * Those who gave up count as having waited longer than they did (Kaplan and Meier's estimator): to leave them out would
 * promise the more, the more visitors nobody answered. When more than a fifth of the visitors waited without an end that
 * anybody saw, there is none.
 */
export function estimateWait(waits: readonly Wait[]): Estimate | null {
  const of = waits.filter(({ answered }) => answered).length;
  if (of < FEWEST) return null;
  const steps = survival(waits);
  const [median, quartile, estimate] = [0.5, 0.75, WITHIN].map((share) => steps.find(({ waiting }) => waiting <= 1 - share + 1e-9));
  if (!median || !quartile || !estimate || quartile.ms > WIDEST * median.ms) return null;
  const confidence = confidenceOf(estimate);
  return confidence < LEAST_CONFIDENCE ? null : { ms: estimate.ms, of, confidence };
}

/** The share of visitors still waiting after each time at which somebody was answered. */
function survival(waits: readonly Wait[]): Step[] {
  // Whoever left at the very moment at which another was answered was still waiting then.
  const sorted = [...waits].sort((a, b) => a.ms - b.ms || Number(b.answered) - Number(a.answered));
  const steps: Step[] = [];
  let [waiting, spread] = [1, 0];
  sorted.forEach(({ ms, answered }, index) => {
    if (!answered) return;
    const atRisk = sorted.length - index;
    waiting *= 1 - 1 / atRisk;
    spread += atRisk > 1 ? 1 / (atRisk * (atRisk - 1)) : 0;
    if (steps.at(-1)?.ms === ms) steps.pop();
    steps.push({ ms, waiting, spread });
  });
  return steps;
}

/** The chance that less than half still waited, by the normal approximation of the share (its distribution function as a logistic one). */
function confidenceOf({ waiting, spread }: Step): number {
  const deviation = waiting * Math.sqrt(spread);
  return deviation === 0 ? 1 : 1 / (1 + Math.exp((-1.702 * (0.5 - waiting)) / deviation));
}

const MINUTE = 60_000;

/** The minutes a visitor is told: never fewer than it takes, at least two, and the rounder the longer. */
export function shownMinutes(ms: number): number {
  const minutes = Math.max(2, Math.ceil(ms / MINUTE));
  const to = minutes <= 10 ? 1 : minutes <= 30 ? 5 : minutes <= 120 ? 10 : 30;
  return Math.ceil(minutes / to) * to;
}
