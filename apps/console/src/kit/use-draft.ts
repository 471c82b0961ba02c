import { useCallback, useEffect, useState } from 'react';

/** What is being changed and not saved yet; kept while one looks at other pages. */
export interface Draft<T> {
  readonly value: T;
  readonly isDirty: boolean;
  /** What is saved was changed by somebody else since this draft was begun. */
  readonly isOutdated: boolean;
  readonly set: (change: (value: T) => T) => void;
  /** Back to what is saved. */
  readonly reset: () => void;
}

interface Kept<T> {
  readonly base: T;
  readonly value: T;
}

const drafts = new Map<string, Kept<unknown>>();

/** A draft of something that is saved elsewhere. As long as nothing was changed it follows what is saved. */
export function useDraft<T>(key: string, saved: T): Draft<T> {
  const [, redraw] = useState(0);
  const kept = drafts.get(key) as Kept<T> | undefined;
  const isDirty = kept !== undefined && !isSame(kept.value, kept.base) && !isSame(kept.value, saved);
  const set = useCallback(
    (change: (value: T) => T) => {
      const before = (drafts.get(key) as Kept<T> | undefined) ?? { base: saved, value: saved };
      drafts.set(key, { ...before, value: change(before.value) });
      redraw((count) => count + 1);
    },
    [key, saved],
  );
  const reset = useCallback(() => {
    drafts.delete(key);
    redraw((count) => count + 1);
  }, [key]);
  useEffect(() => {
    // What is drafted by now counts: something may have been written since this was drawn.
    const now = drafts.get(key);
    if (now && (isSame(now.value, now.base) || isSame(now.value, saved))) drafts.delete(key);
  });
  useEffect(() => {
    if (!isDirty) return undefined;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [isDirty]);
  return { value: isDirty ? kept.value : saved, isDirty, isOutdated: isDirty && !isSame(kept.base, saved), set, reset };
}

/** Whether two JSON values say the same; a field that is not there is one that is undefined. */
export function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(sorted(a)) === JSON.stringify(sorted(b));
}

function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([, inner]) => inner !== undefined)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, sorted(inner)]),
  );
}
