import type { AnyHookRecord } from '../simulator-kit/hook-log.js';

/** When a platform told of something by web hook, in ms since 1970: it began to tell, and it was taken (2xx). Infinity: never. */
export interface Told {
  readonly from: number;
  readonly until: number;
}

/** What a hook's tries were, repeats among them. */
export function toldBy(attempts: AnyHookRecord['attempts']): Told {
  const taken = attempts.filter(({ status = 0 }) => status >= 200 && status < 300).map(({ at, ended = at }) => ended);
  return { from: Math.min(Infinity, ...attempts.map(({ at }) => at)), until: Math.min(Infinity, ...taken) };
}

/** Told of by more than one hook, it was told of when the first was. */
export function together(one: Told | undefined, other: Told): Told {
  return one ? { from: Math.min(one.from, other.from), until: Math.min(one.until, other.until) } : other;
}

/**
 * Whether the platform itself may have told of the later thing before the earlier one: it was still telling of the earlier when it began with the
 * later. Of what no hook tells (`undefined`), nobody could tell late.
 */
export function mayBeOvertaken(earlier: Told | undefined, later: Told | undefined): boolean {
  return earlier !== undefined && later !== undefined && earlier.until >= later.from;
}

/** A fault was put on it or it was tried more than once: how long it took says nothing of us. */
export function isTroubled({ faults, attempts }: Pick<AnyHookRecord, 'faults' | 'attempts'>): boolean {
  return faults.includes('dropped') || faults.includes('reordered') || attempts.length > 1;
}
