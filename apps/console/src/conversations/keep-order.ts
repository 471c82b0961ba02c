interface Identified {
  readonly id: string;
}

export interface Kept<T> {
  readonly shown: readonly T[];
  /** So many would stand elsewhere, or stand there for the first time, if the list were put in order. */
  readonly news: number;
}

/**
 * A list that is being looked at keeps its order while its rows stay current: who is about to press one must not press another. What is new
 * waits until it is asked for.
 */
export function keepOrder<T extends Identified>(shown: readonly string[], fresh: readonly T[]): Kept<T> {
  const byId = new Map(fresh.map((one) => [one.id, one]));
  const kept = shown.flatMap((id) => byId.get(id) ?? []);
  const known = new Set(shown);
  const added = fresh.filter(({ id }) => !known.has(id));
  const lastKept = kept.map(({ id }) => id);
  const sameNow = fresh.filter(({ id }) => known.has(id)).map(({ id }) => id);
  const first = added.length + moved(lastKept, sameNow);
  return { shown: kept, news: first };
}

/** Rows that went up: those that have fewer before them now. */
function moved(before: readonly string[], now: readonly string[]): number {
  const places = new Map(before.map((id, place) => [id, place]));
  return now.filter((id, place) => (places.get(id) ?? 0) > place).length;
}
