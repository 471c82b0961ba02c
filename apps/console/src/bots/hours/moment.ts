import { isOpen, nextClosing, nextOpening, offsetAt, whenInWords } from '@baton/contracts';
import type { BusinessHours } from '@baton/contracts';

/** Whether humans answer at a moment, and what comes next; by the rule that Baton itself goes by. */
export interface Standing {
  readonly isOpen: boolean;
  /** Such as "closed, opens tomorrow at 09:00". */
  readonly inWords: string;
}

/** @param at ms */
export function standingAt(hours: BusinessHours | undefined, at: number): Standing {
  if (!hours) return { isOpen: true, inWords: 'always open' };
  const when = (moment: number) => whenInWords(moment, at, { language: 'en', timeZone: hours.timeZone });
  if (isOpen(hours, at)) {
    const closing = nextClosing(hours, at);
    return { isOpen: true, inWords: closing === null ? 'open, and never closes' : `open, closes ${when(closing)}` };
  }
  const opening = nextOpening(hours, at);
  return { isOpen: false, inWords: opening === null ? 'closed, and does not open within a year' : `closed, opens ${when(opening)}` };
}

/** A moment on the clock of a zone: "Monday 23 November, 09:00". */
export function clockIn(timeZone: string, at: number): string {
  const day = new Intl.DateTimeFormat('en-GB', { timeZone, weekday: 'long', day: 'numeric', month: 'long' }).format(at);
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at);
  return `${day}, ${time}`;
}

/** The same as a field for date and time takes it: `2026-11-23T09:00`. */
export function localTime(timeZone: string, at: number): string {
  return new Date(at + offsetAt(timeZone, at)).toISOString().slice(0, 16);
}

/**
 * The moment (ms) at which the clock of a zone shows a local time; of one that is left out when clocks change, the one an hour later.
 * @param local `2026-11-23T09:00`
 */
export function momentOf(timeZone: string, local: string): number | undefined {
  const clock = /^\d{4}-\d\d-\d\dT\d\d:\d\d$/.test(local) ? Date.parse(`${local}:00Z`) : NaN;
  if (Number.isNaN(clock)) return undefined;
  const near = clock - offsetAt(timeZone, clock);
  return clock - offsetAt(timeZone, near);
}

/** Every zone that may be chosen, those of this browser's list and the one that is set, with what it is ahead of UTC. */
export function timeZones(chosen: string | undefined, at: number): { readonly value: string; readonly label: string }[] {
  const names = new Set([...Intl.supportedValuesOf('timeZone'), 'UTC', ...(chosen === undefined ? [] : [chosen])]);
  return [...names].sort().map((value) => ({ value, label: `${value.replaceAll('_', ' ')} (${utcOffset(value, at)})` }));
}

/** Such as "UTC+01:00". */
export function utcOffset(timeZone: string, at: number): string {
  const minutes = Math.round(offsetAt(timeZone, at) / 60_000);
  const size = Math.abs(minutes);
  const clock = `${String(Math.floor(size / 60)).padStart(2, '0')}:${String(size % 60).padStart(2, '0')}`;
  return minutes === 0 ? 'UTC' : `UTC${minutes < 0 ? '−' : '+'}${clock}`;
}

/** The last word of a zone's name: "Berlin", "New York". */
export function cityOf(timeZone: string): string {
  return (timeZone.split('/').at(-1) ?? timeZone).replaceAll('_', ' ');
}
