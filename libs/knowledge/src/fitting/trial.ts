import type { Candidate } from '../retrieval/find-candidates.js';

/** A question whose answer is known: the own of a pair, asked while that pair shows its answer only. */
export interface Trial {
  /** The pair's chunk. */
  readonly answer: number;
  /** What both legs found, the pair's chunk among them by its answer alone. */
  readonly found: readonly Candidate[];
}

/** The same question where its answer is missing. */
export function withoutAnswer({ answer, found }: Trial): Candidate[] {
  return found.filter(({ chunk }) => chunk !== answer);
}
