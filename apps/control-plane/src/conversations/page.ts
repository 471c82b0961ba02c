import type { ConversationEntry } from '@baton/control-api';

/** The last conversation of a page: what comes behind it is older. */
export interface Place {
  readonly at: number;
  readonly id: string;
}

export function placeOf({ lastActivityAt, id }: ConversationEntry): string {
  return `${Date.parse(lastActivityAt)}.${id}`;
}

/** Undefined when it is no place of ours. */
export function readPlace(text: string): Place | undefined {
  const [, at, id] = /^(\d{1,15})\.([\w-]{1,128})$/.exec(text) ?? [];
  return at === undefined || id === undefined ? undefined : { at: Number(at), id };
}

/** One page of several lists, the newest first; each list was read from the same place on, one more than the page holds. */
export function mergePages(
  lists: readonly (readonly ConversationEntry[])[],
  limit: number,
): { items: ConversationEntry[]; next: string | null } {
  const all = lists.flat().sort(newestFirst);
  const items = all.slice(0, limit);
  const last = items.at(-1);
  return { items, next: all.length > limit && last ? placeOf(last) : null };
}

function newestFirst(a: ConversationEntry, b: ConversationEntry): number {
  return Date.parse(b.lastActivityAt) - Date.parse(a.lastActivityAt) || (a.id < b.id ? 1 : a.id > b.id ? -1 : 0);
}
