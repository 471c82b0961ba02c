import type { BusinessHours, OpenSpan, Weekday } from '../hours.js';
import { offsetAt, steadyTimes } from './zone-clock.js';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
/** Who does not open within a year and a month is taken as closed for good. */
export const SEARCHED_DAYS = 400;

/** By the place of `Date.getUTCDay`. */
const WEEKDAYS: readonly Weekday[] = ['sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday'];

/** `from` to before `to`: ms since midnight on the clock, or since 1970. */
interface Stretch {
  readonly from: number;
  readonly to: number;
}

/**
 * Whether humans answer at a moment (ms): the clock of the team's zone shows a time within a span of that day. So an hour that a change
 * of the clocks leaves out is never open, and one that comes twice is open twice. Without hours it is always open.
 */
export function isOpen(hours: BusinessHours | undefined, at: number): boolean {
  if (!hours) return true;
  const clock = at + offsetAt(hours.timeZone, at);
  const day = Math.floor(clock / DAY) * DAY;
  return spansOf(calendarOf(hours), day).some(({ from, to }) => clock - day >= from && clock - day < to);
}

/** The first moment from `at` on (ms) that is open, `at` itself when it is; null when there is none within {@link SEARCHED_DAYS} days. */
export function nextOpening(hours: BusinessHours | undefined, at: number): number | null {
  if (!hours) return at;
  for (const { from } of openStretches(hours, at)) return from;
  return null;
}

/** The first moment from `at` on (ms) that is closed, `at` itself when it is; null when there is none within {@link SEARCHED_DAYS} days. */
export function nextClosing(hours: BusinessHours | undefined, at: number): number | null {
  if (!hours) return null;
  let open = at;
  for (const { from, to } of openStretches(hours, at)) {
    if (from > open) return open;
    open = to;
  }
  return open < at + (SEARCHED_DAYS - 1) * DAY ? open : null;
}

/**
 * When so many ms of business are over, counted from `at` (ms): one hour at ten minutes to closing ends fifty minutes after the next
 * opening. Null when that is not within {@link SEARCHED_DAYS} days.
 */
export function addOpenTime(hours: BusinessHours | undefined, at: number, ms: number): number | null {
  if (!hours || ms <= 0) return at + Math.max(ms, 0);
  let left = ms;
  for (const { from, to } of openStretches(hours, at)) {
    if (to - from >= left) return from + left;
    left -= to - from;
  }
  return null;
}

/** What is open from `at` on, in order; a stretch may be followed by the next without a pause. */
function* openStretches(hours: BusinessHours, at: number): Generator<Stretch> {
  const calendar = calendarOf(hours);
  if (calendar.neverOpen) return;
  for (const { from, to, offset } of steadyTimes(hours.timeZone, at, SEARCHED_DAYS)) {
    for (let day = Math.floor((from + offset) / DAY) * DAY; day < to + offset; day += DAY) {
      for (const span of spansOf(calendar, day)) {
        const opens = Math.max(day + span.from - offset, from, at);
        const closes = Math.min(day + span.to - offset, to);
        if (opens < closes) yield { from: opens, to: closes };
      }
    }
  }
}

/** Hours as they are looked up. */
interface Calendar {
  readonly weekly: readonly (readonly Stretch[])[];
  /** By `2026-12-24` or `12-24`. */
  readonly exceptions: ReadonlyMap<string, readonly Stretch[]>;
  readonly neverOpen: boolean;
}

const calendars = new WeakMap<BusinessHours, Calendar>();

function calendarOf(hours: BusinessHours): Calendar {
  let calendar = calendars.get(hours);
  if (!calendar) {
    const weekly = WEEKDAYS.map((weekday) => stretchesOf(hours.weekly[weekday]));
    const exceptions = new Map(hours.exceptions.map(({ date, open }) => [date, stretchesOf(open)]));
    const neverOpen = [...weekly, ...exceptions.values()].every((spans) => spans.length === 0);
    calendars.set(hours, (calendar = { weekly, exceptions, neverOpen }));
  }
  return calendar;
}

/** @param day midnight as the clock shows it, read as if it were UTC (ms) */
function spansOf({ exceptions, weekly }: Calendar, day: number): readonly Stretch[] {
  const midnight = new Date(day);
  if (exceptions.size > 0) {
    const date = midnight.toISOString().slice(0, 10);
    const exceptional = exceptions.get(date) ?? exceptions.get(date.slice(5));
    if (exceptional) return exceptional;
  }
  return weekly[midnight.getUTCDay()]!;
}

/** In order, and those that overlap as one. */
function stretchesOf(spans: readonly OpenSpan[]): readonly Stretch[] {
  const joined: { from: number; to: number }[] = [];
  for (const span of spans.map(({ from, to }) => ({ from: sinceMidnight(from), to: sinceMidnight(to) })).sort((a, b) => a.from - b.from)) {
    const last = joined.at(-1);
    if (last && span.from <= last.to) last.to = Math.max(last.to, span.to);
    else joined.push(span);
  }
  return joined;
}

function sinceMidnight(clock: string): number {
  const [hour, minute] = clock.split(':').map(Number);
  return (hour! * 60 + minute!) * MINUTE;
}
