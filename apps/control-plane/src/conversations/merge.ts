import type { Draft } from './entry.js';

/** One source's part of a timeline. What is older than `from` (ms) is not among its entries; null when nothing is older. */
export interface Part {
  readonly entries: readonly Draft[];
  readonly from: number | null;
}

export interface Merged {
  readonly entries: readonly Draft[];
  /** Entries from this time on are whole (ms); null when nothing is older. */
  readonly from: number | null;
}

/** What comes first where times are the same: what was said, what was decided, what was made of it, what came of that. */
const RANK: Readonly<Record<Draft['group'], number>> = { messages: 0, decisions: 1, answers: 2, promises: 3, effects: 4, deliveries: 5 };

/**
 * One timeline out of several, the same in whatever order they come: each entry once, by time, and never before what brought it about
 * (clocks of different machines differ a little). Nothing is shown from before the time where one of the sources has a gap.
 */
export function merge(parts: readonly Part[]): Merged {
  const cuts = parts.flatMap(({ from }) => (from === null ? [] : [from]));
  const from = cuts.length === 0 ? null : Math.max(...cuts);
  const once = new Map<string, Draft>();
  for (const one of parts.flatMap(({ entries }) => entries)) {
    if (from === null || one.at >= from) once.set(one.id, richer(once.get(one.id), one));
  }
  const places = new Map<string, Place>();
  // Always begun with the same one, so that even a circle ends in the same order.
  for (const id of [...once.keys()].sort()) placeOf(once.get(id)!, once, places);
  const entries = [...once.values()].sort((a, b) => compare(placeOf(a, once, places), placeOf(b, once, places), a, b));
  return { entries, from };
}

/** Two sources may tell the same: the one that says more, and of equals always the same one. */
function richer(before: Draft | undefined, next: Draft): Draft {
  if (!before) return next;
  const [a, b] = [JSON.stringify(before), JSON.stringify(next)];
  return a.length === b.length ? (a < b ? before : next) : a.length > b.length ? before : next;
}

interface Place {
  readonly at: number;
  /** So many entries of the same time brought it about, one after another. */
  readonly depth: number;
}

function placeOf(one: Draft, all: ReadonlyMap<string, Draft>, places: Map<string, Place>): Place {
  const known = places.get(one.id);
  if (known) return known;
  // Holds off circles: whoever comes back here stands where his own time says.
  places.set(one.id, { at: one.at, depth: 0 });
  const cause = one.cause === null ? undefined : all.get(one.cause);
  const before = cause && placeOf(cause, all, places);
  const place = before && before.at >= one.at ? { at: before.at, depth: before.depth + 1 } : { at: one.at, depth: 0 };
  places.set(one.id, place);
  return place;
}

function compare(a: Place, b: Place, one: Draft, other: Draft): number {
  return (
    a.at - b.at ||
    a.depth - b.depth ||
    RANK[one.group] - RANK[other.group] ||
    one.order - other.order ||
    (one.id < other.id ? -1 : one.id > other.id ? 1 : 0)
  );
}
