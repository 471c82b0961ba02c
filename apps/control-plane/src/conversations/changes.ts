import { createHash } from 'node:crypto';
import type { TimelineEntry } from '@baton/control-api';

/** So many followers are remembered; who is forgotten is told the whole again. */
const REMEMBERED = 500;

export interface Changes {
  readonly entries: readonly TimelineEntry[];
  readonly gone: readonly string[];
  readonly whole: boolean;
  readonly cursor: string;
}

/**
 * What a follower has not seen yet. Entries change after they were told (a line is seen, an effect ends), so that a time alone does not say
 * what is news: a cursor stands for what its holder was told. Whoever comes with a cursor that this process does not know (another replica's,
 * one from before a restart) is told everything.
 */
export class TellChanges {
  /** Cursor → the mark of each entry told. */
  private readonly told = new Map<string, ReadonlyMap<string, string>>();

  since(after: string | undefined, conversationId: string, entries: readonly TimelineEntry[]): Changes {
    const marks = new Map(entries.map((one) => [one.id, markOf(one)]));
    const cursor = markOf([conversationId, ...marks]);
    const before = after === undefined ? undefined : this.told.get(`${conversationId} ${after}`);
    this.remember(`${conversationId} ${cursor}`, marks);
    if (!before) return { entries, gone: [], whole: true, cursor };
    return {
      entries: entries.filter(({ id }) => before.get(id) !== marks.get(id)),
      gone: goneOf([...before.keys()], marks),
      whole: false,
      cursor,
    };
  }

  private remember(key: string, marks: ReadonlyMap<string, string>): void {
    this.told.delete(key);
    this.told.set(key, marks);
    if (this.told.size <= REMEMBERED) return;
    const oldest = this.told.keys().next();
    if (oldest.done !== true) this.told.delete(oldest.value);
  }
}

/** Entries are told in order: those before the first one that is still told were only pushed out by newer ones, and stay on the screen. */
function goneOf(before: readonly string[], now: ReadonlyMap<string, string>): string[] {
  const first = before.findIndex((id) => now.has(id));
  return first < 0 ? [] : before.slice(first).filter((id) => !now.has(id));
}

function markOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('base64url').slice(0, 22);
}
