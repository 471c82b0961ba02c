import type { Fused } from './fuse.js';
import type { RetrievalParameters } from './parameters.js';
import type { ReadQuestion } from './read-question.js';

/** How well the best of the found supports an answer, 0 to 1. */
export function supportOf(_question: ReadQuestion, fused: readonly Fused[], _parameters: RetrievalParameters): number {
  const best = fused[0];
  if (!best) return 0;
  return Math.min(1, Math.max(0, 0.5 * best.coverage + 0.5 * Math.max(0, ((best.dense ?? 0) - 0.5) * 2)));
}
