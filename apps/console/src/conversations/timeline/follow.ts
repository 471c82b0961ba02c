import type { Timeline, TimelineEntry } from '@baton/control-api';

/** A timeline as it is known: what was asked for first, and what was heard since. */
export interface Followed extends Omit<Timeline, 'gone' | 'whole'> {
  /** Entries that were not there when the page was opened. */
  readonly arrived: ReadonlySet<string>;
}

/** A timeline with what was heard of it since. */
export function follow(before: Followed | undefined, heard: Timeline): Followed {
  const { gone, whole, ...rest } = heard;
  if (!before) return { ...rest, arrived: new Set() };
  const known = new Set(before.entries.map(({ id }) => id));
  const arrived = new Set([...before.arrived, ...heard.entries.map(({ id }) => id).filter((id) => !known.has(id))]);
  return {
    ...rest,
    entries: whole ? allAnew(before.entries, heard.entries) : changed(before.entries, heard),
    older: before.older,
    arrived,
  };
}

/** A timeline with an older part before it. */
export function withOlder(before: Followed, older: Timeline): Followed {
  const known = new Set(before.entries.map(({ id }) => id));
  return { ...before, entries: [...older.entries.filter(({ id }) => !known.has(id)), ...before.entries], older: older.older };
}

/** What is told whole begins somewhere: what was read from before that stays. */
function allAnew(before: readonly TimelineEntry[], heard: readonly TimelineEntry[]): TimelineEntry[] {
  const start = heard[0]?.at;
  const ids = new Set(heard.map(({ id }) => id));
  return start === undefined ? [] : [...before.filter(({ id, at }) => at < start && !ids.has(id)), ...heard];
}

/** An entry of which more is known keeps its place, so that nothing jumps; a new one stands behind those of its time. */
function changed(before: readonly TimelineEntry[], { entries, gone }: Timeline): TimelineEntry[] {
  const heard = new Map(entries.map((one) => [one.id, one]));
  const next = before.filter(({ id }) => !gone.includes(id)).map((one) => heard.get(one.id) ?? one);
  const known = new Set(next.map(({ id }) => id));
  for (const one of entries) {
    if (!known.has(one.id)) next.splice(next.findLastIndex(({ at }) => at <= one.at) + 1, 0, one);
  }
  return next;
}
