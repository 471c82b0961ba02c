/** Support of questions whose answer is there, and of the same questions where it is missing. */
export interface Supports {
  readonly answerable: readonly number[];
  readonly unanswerable: readonly number[];
}

/** Beyond these an answer would be a guess, or hardly anything would be answered. */
const LOWEST = 0.35;
const HIGHEST = 0.65;

/** So many trials weigh as much as what was known before. */
const PRIOR = 50;

/**
 * The support that parts the two best: where the part rightly answered is farthest above the part wrongly answered. Few trials move it
 * little from where it began.
 */
export function chooseThreshold({ answerable, unanswerable }: Supports, from: number): number {
  const above = (supports: readonly number[], threshold: number) =>
    supports.filter((support) => support >= threshold).length / Math.max(1, supports.length);
  let best = { threshold: from, apart: above(answerable, from) - above(unanswerable, from) };
  for (let threshold = LOWEST; threshold <= HIGHEST + 1e-9; threshold += 0.01) {
    const apart = above(answerable, threshold) - above(unanswerable, threshold);
    if (apart > best.apart) best = { threshold, apart };
  }
  const trust = answerable.length / (answerable.length + PRIOR);
  const threshold = from + trust * (best.threshold - from);
  return Math.round(Math.min(HIGHEST, Math.max(LOWEST, threshold)) * 1_000) / 1_000;
}
