import type { Conversation, TimerKind } from '../conversation.js';

/** Two lines of ours are never closer than this while somebody waits (ms). */
export const QUIET = 30_000;

const ENDS = ['no-accept', 'no-first-answer'] as const;

function dueAt({ timers }: Conversation, kind: TimerKind): number | undefined {
  return timers.find((timer) => timer.kind === kind)?.dueAt;
}

/** When a visitor who waits is given back at the latest (ms); null when no timer does. */
export function waitEndsAt(state: Conversation): number | null {
  return earliest(ENDS.map((kind) => dueAt(state, kind)));
}

/** Whether he is told at a warning that he is not forgotten: once in a wait, and not when the end follows at once. */
export function isComfortedAt({ handover }: Conversation, at: number, end: number): boolean {
  return handover?.comforted !== true && end - at >= QUIET;
}

/** When he is told something else than a word in between (ms): that he is not forgotten, that we are sorry, or the end; null when nothing is to come. */
export function nextWordAt(state: Conversation): number | null {
  const words = ENDS.flatMap((kind) => {
    const [warning, end] = [dueAt(state, `${kind}-warning`), dueAt(state, kind)];
    return [warning !== undefined && isComfortedAt(state, warning, end ?? warning) ? warning : undefined, end];
  });
  return earliest([...words, ...state.promises.map((promise) => promise.dueAt)]);
}

function earliest(times: readonly (number | undefined)[]): number | null {
  const known = times.filter((time) => time !== undefined);
  return known.length === 0 ? null : Math.min(...known);
}
