/** What stands first counts most: gain of the relevant among the first ten, against the best order there could be. Binary relevance. */
export function ndcg10(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  if (relevant.size === 0) return 0;
  const gain = ranked.slice(0, 10).reduce((sum, id, rank) => sum + (relevant.has(id) ? discount(rank) : 0), 0);
  let best = 0;
  for (let rank = 0; rank < Math.min(10, relevant.size); rank += 1) best += discount(rank);
  return gain / best;
}

/** Part of the relevant that is among the first ten. */
export function recall10(ranked: readonly string[], relevant: ReadonlySet<string>): number {
  if (relevant.size === 0) return 0;
  return ranked.slice(0, 10).filter((id) => relevant.has(id)).length / relevant.size;
}

/** Each document stands where its best piece stands. */
export function byDocument(ranked: readonly string[]): string[] {
  return [...new Set(ranked)];
}

export function mean(values: readonly number[]): number {
  return values.length === 0 ? 0 : values.reduce((sum, value) => sum + value, 0) / values.length;
}

function discount(rank: number): number {
  return 1 / Math.log2(rank + 2);
}
