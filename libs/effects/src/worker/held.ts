import type { Verdict } from '../attempt/verdict.js';
import type { BegunEffect } from '../store/begun.js';

/** A lane under our lease, with the effect that was begun in it. */
export interface Held {
  readonly lane: string;
  readonly target: string;
  readonly effect: BegunEffect;
  /** Fires when the attempt no longer counts. */
  readonly abort: AbortController;
}

/** An attempt that came to a verdict and waits to be written. */
export interface Finished {
  readonly held: Held;
  readonly verdict: Verdict;
  /** How often writing it failed by its own fault. */
  failures: number;
}
