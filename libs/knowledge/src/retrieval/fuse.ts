import type { Candidate } from './find-candidates.js';

export interface Fused extends Candidate {
  /** 0 to 1. */
  readonly fused: number;
}

/** Best first: by BM25, or by cosine, alone. Candidates that the leg knows nothing of are left out. */
export function byOneLeg(candidates: readonly Candidate[], leg: 'lexical' | 'dense'): Candidate[] {
  const known = leg === 'lexical' ? candidates.filter(({ lexical }) => lexical > 0) : candidates.filter(({ dense }) => dense !== undefined);
  return known.sort((a, b) => b[leg]! - a[leg]! || a.chunk - b.chunk);
}

/** Equal-weight reciprocal rank fusion with its usual constant; only to compare with. */
export function byReciprocalRank(candidates: readonly Candidate[], constant = 60): Candidate[] {
  const score = new Map<number, number>();
  for (const leg of ['lexical', 'dense'] as const)
    byOneLeg(candidates, leg).forEach(({ chunk }, rank) => score.set(chunk, (score.get(chunk) ?? 0) + 1 / (constant + rank + 1)));
  return candidates.filter(({ chunk }) => score.has(chunk)).sort((a, b) => score.get(b.chunk)! - score.get(a.chunk)! || a.chunk - b.chunk);
}

/** `weight` of the dense leg, 0 to 1; both legs are scaled by the best of the question. */
export function fuse(candidates: readonly Candidate[], weight: number): Fused[] {
  const best = Math.max(...candidates.map(({ lexical }) => lexical), Number.EPSILON);
  const cosines = candidates.flatMap(({ dense }) => (dense === undefined ? [] : [dense]));
  const nearest = Math.max(...cosines, 0);
  const farthest = Math.min(...cosines, nearest);
  const near = (dense: number | undefined) =>
    dense === undefined || nearest === farthest ? (dense === nearest ? 1 : 0) : (dense - farthest) / (nearest - farthest);
  const share = cosines.length === 0 ? 0 : weight;
  return candidates
    .map((candidate) => ({ ...candidate, fused: share * near(candidate.dense) + (1 - share) * (candidate.lexical / best) }))
    .sort((a, b) => b.fused - a.fused || a.chunk - b.chunk);
}
