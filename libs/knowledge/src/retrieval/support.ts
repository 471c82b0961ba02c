import { BM25_UNIT, type Fused } from './fuse.js';
import { nearness, type Yardstick } from './yardstick.js';

/**
 * Of a logistic regression over 3,600 questions that seven knowledge bases hold the answer to, or do not: taken from elsewhere, or their
 * own with the answer taken out (docs/retrieval.md). Few and large on purpose: left-out knowledge bases came out nearly the same.
 */
const WITH_VECTORS = { base: -4.56, near: 3.15, coverage: 1.44, lead: 1.2, lexical: 2.77 };
/** The same by words alone, where there are no vectors. */
const WORDS_ONLY = { base: -1.35, coverage: 3.64 };

/** Whom the best one is compared with. */
const FOLLOWERS = 5;

/** How well the best of the fused supports an answer, 0 to 1: how near it is, how many of the words it holds, and how far it leads. */
export function supportOf(fused: readonly Fused[], yardstick: Yardstick | undefined): number {
  const [best, ...others] = fused;
  if (!best) return 0;
  if (!yardstick || best.dense === undefined) return logistic(WORDS_ONLY.base + WORDS_ONLY.coverage * best.coverage);
  const near = nearness(best.dense, yardstick);
  const followers = others.slice(0, FOLLOWERS).flatMap(({ dense }) => (dense === undefined ? [] : [nearness(dense, yardstick)]));
  const lead = followers.length === 0 ? 0 : near - followers.reduce((sum, value) => sum + value, 0) / followers.length;
  return logistic(
    WITH_VECTORS.base +
      WITH_VECTORS.near * near +
      WITH_VECTORS.coverage * best.coverage +
      WITH_VECTORS.lead * lead +
      WITH_VECTORS.lexical * (best.lexical / BM25_UNIT),
  );
}

function logistic(value: number): number {
  return 1 / (1 + Math.exp(-value));
}
