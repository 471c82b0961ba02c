import type { OpenPromise } from '../conversation.js';

/** A promise that ended later than so long after its time was broken (ms): a timer that rings a moment late breaks nothing. */
export const PROMISE_GRACE = 60_000;
/** How long before its end a promise is near it: a quarter of its time, at most so long (ms). */
export const LONGEST_WARNING = 600_000;
/** A shorter promise (ms) ends before anybody could act on a warning. */
export const SHORTEST_WARNED = 60_000;

type Times = Pick<OpenPromise, 'madeAt' | 'dueAt' | 'warned'>;

/** Whether its end is near enough for a warning that nobody was given yet. */
export function isToBeWarnedOf(promise: Times, now: number): boolean {
  return promise.warned !== true && promise.dueAt - promise.madeAt >= SHORTEST_WARNED && now >= nearFrom(promise);
}

/** When somebody has to look after it next: to warn, or to end it. */
export function wakesAt(promise: Times): number {
  return promise.warned === true || promise.dueAt - promise.madeAt < SHORTEST_WARNED ? promise.dueAt : nearFrom(promise);
}

/** Whether it ends too late. */
export function isBroken(dueAt: number, endedAt: number): boolean {
  return endedAt > dueAt + PROMISE_GRACE;
}

function nearFrom({ madeAt, dueAt }: Times): number {
  return dueAt - Math.min((dueAt - madeAt) / 4, LONGEST_WARNING);
}
