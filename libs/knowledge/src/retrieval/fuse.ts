import type { Candidate } from './find-candidates.js';
import { nearness, type Yardstick } from './yardstick.js';

export interface Fused extends Candidate {
  /** What both legs say together; only to compare candidates of one question. */
  readonly evidence: number;
  /** The same within 0 and 1. */
  readonly fused: number;
}

/**
 * So much BM25 is worth as much as the whole way from "about something else" to "answers it". Measured on ten sets (docs/retrieval.md);
 * anything from 50 to 70 is as good, with each of three embedding models.
 *
 * BM25 is taken as it is, not scaled to the best of each question: it adds up rarities, so it is large exactly where words can be relied
 * on (rare names in a large knowledge base) and small where they cannot (everyday words in a small FAQ). That fits the weight to the
 * knowledge base and to the question without being told either.
 */
export const BM25_UNIT = 60;

/** `weight` is the dense leg's, 0 to 1; without a yardstick there are no cosines, and words decide alone. Best first. */
export function fuse(candidates: readonly Candidate[], weight: number, yardstick: Yardstick | undefined): Fused[] {
  const share = yardstick && candidates.some(({ dense }) => dense !== undefined) ? weight : 0;
  return candidates
    .map((candidate): Fused => {
      const near = yardstick && candidate.dense !== undefined ? nearness(candidate.dense, yardstick) : 0;
      const evidence = share * near + (1 - share) * (candidate.lexical / BM25_UNIT);
      return { ...candidate, evidence, fused: Math.min(1, Math.max(0, evidence)) };
    })
    .sort((a, b) => b.evidence - a.evidence || a.chunk - b.chunk);
}

/** Best first: by BM25, or by cosine, alone. Candidates that the leg knows nothing of are left out. */
export function byOneLeg(candidates: readonly Candidate[], leg: 'lexical' | 'dense'): Candidate[] {
  const known = candidates.filter((candidate) => (leg === 'lexical' ? candidate.lexical > 0 : candidate.dense !== undefined));
  return known.sort((a, b) => b[leg]! - a[leg]! || a.chunk - b.chunk);
}

/** Reciprocal rank fusion with equal weights and its usual constant: the recipe to be compared with. */
export function byReciprocalRank(candidates: readonly Candidate[], constant = 60): Candidate[] {
  const score = new Map<number, number>();
  for (const leg of ['lexical', 'dense'] as const)
    byOneLeg(candidates, leg).forEach(({ chunk }, rank) => score.set(chunk, (score.get(chunk) ?? 0) + 1 / (constant + rank + 1)));
  return candidates.filter(({ chunk }) => score.has(chunk)).sort((a, b) => score.get(b.chunk)! - score.get(a.chunk)! || a.chunk - b.chunk);
}
