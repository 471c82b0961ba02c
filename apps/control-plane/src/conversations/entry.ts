import type { TimelineEntry } from '@baton/control-api';

/** An entry before it is put in its place: `at` in ms, and what was in force is not known yet. */
export interface Draft extends Omit<TimelineEntry, 'at' | 'settings'> {
  readonly at: number;
  /** Among those of one time and one source: which was first. */
  readonly order: number;
}

type Given = Pick<Draft, 'id' | 'at' | 'lane' | 'group' | 'title'> & Partial<Draft>;

/** An entry with everything filled in that was not said. */
export function entry(given: Given): Draft {
  return {
    order: 0,
    why: null,
    text: null,
    who: null,
    tone: 'plain',
    pending: false,
    marks: [],
    details: [],
    floor: null,
    handoverId: null,
    cause: null,
    traceId: null,
    answer: null,
    ...given,
  };
}

export type Details = TimelineEntry['details'];

/** Details without those of which nothing is known. */
export function details(
  ...given: readonly (readonly [label: string, value: string | number | null | undefined, code?: 'code'])[]
): Details {
  return given.flatMap(([label, value, code]) =>
    value === null || value === undefined || value === '' ? [] : [{ label, value: String(value), ...(code && { code: true }) }],
  );
}

/** A moment, for details. */
export function moment(ms: number | null | undefined): string | null {
  return ms === null || ms === undefined ? null : `${new Date(ms).toISOString().slice(0, 19).replace('T', ' ')} UTC`;
}

/** How long something took: `340 ms`, `2.4 s`, `3 min 5 s`. */
export function lasted(ms: number): string {
  if (ms < 1_000) return `${Math.max(0, Math.round(ms))} ms`;
  if (ms < 60_000) return `${(ms / 1_000).toFixed(1)} s`;
  const seconds = Math.round(ms / 1_000);
  const rest = seconds % 60;
  return `${Math.floor(seconds / 60)} min${rest === 0 ? '' : ` ${rest} s`}`;
}
