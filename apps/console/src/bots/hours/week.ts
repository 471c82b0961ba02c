import type { BusinessHours, ExceptionalDay, OpenSpan, Weekday } from '@baton/contracts';

export const WEEK: readonly { readonly day: Weekday; readonly name: string }[] = [
  { day: 'monday', name: 'Monday' },
  { day: 'tuesday', name: 'Tuesday' },
  { day: 'wednesday', name: 'Wednesday' },
  { day: 'thursday', name: 'Thursday' },
  { day: 'friday', name: 'Friday' },
  { day: 'saturday', name: 'Saturday' },
  { day: 'sunday', name: 'Sunday' },
];

export const WORKDAYS: readonly Weekday[] = WEEK.slice(0, 5).map(({ day }) => day);
export const MIDNIGHT = '24:00';
const MOST_SPANS = 10;

/** What most teams begin with. */
export function usualHours(timeZone: string): BusinessHours {
  const open = [{ from: '09:00', to: '17:00' }];
  return {
    timeZone,
    weekly: { monday: open, tuesday: open, wednesday: open, thursday: open, friday: open, saturday: [], sunday: [] },
    exceptions: [],
  };
}

export function withDay(hours: BusinessHours, day: Weekday, spans: readonly OpenSpan[]): BusinessHours {
  return { ...hours, weekly: { ...hours.weekly, [day]: [...spans] } };
}

/** One day's hours on other days, too. */
export function copiedTo(hours: BusinessHours, from: Weekday, days: readonly Weekday[]): BusinessHours {
  return days.reduce((all, day) => withDay(all, day, hours.weekly[from]), hours);
}

export function withException(hours: BusinessHours, nth: number, exception: ExceptionalDay | undefined): BusinessHours {
  const exceptions = [...hours.exceptions];
  if (exception === undefined) exceptions.splice(nth, 1);
  else exceptions[nth] = exception;
  return { ...hours, exceptions };
}

/** The next span of a day: after the last one, as far as there is room. */
export function nextSpan(spans: readonly OpenSpan[]): OpenSpan | undefined {
  if (spans.length === 0) return { from: '09:00', to: '17:00' };
  if (spans.length >= MOST_SPANS) return undefined;
  const end = Math.max(...spans.map(({ to }) => minutesOf(to)));
  const from = Math.min(end + 60, 23 * 60);
  return from > end || end < 23 * 60 ? { from: clock(from), to: clock(Math.min(from + 4 * 60, 24 * 60)) } : undefined;
}

/** A span that goes past midnight as the two that say so: to midnight on its day, and from midnight on the next. */
export function overMidnight(hours: BusinessHours, day: Weekday, nth: number): BusinessHours {
  const spans = [...hours.weekly[day]];
  const { from, to } = spans[nth]!;
  spans[nth] = { from, to: MIDNIGHT };
  const next = WEEK[(WEEK.findIndex((one) => one.day === day) + 1) % WEEK.length]!.day;
  const cut = withDay(hours, day, spans);
  return to === '00:00' ? cut : withDay(cut, next, [{ from: '00:00', to }, ...cut.weekly[next]]);
}

/** Why a span cannot be saved; `past-midnight` where it ends before it begins. */
export function spanProblem({ from, to }: OpenSpan): 'past-midnight' | 'empty' | undefined {
  if (from === '' || to === '' || from === to) return 'empty';
  return from < to ? undefined : 'past-midnight';
}

/** The first thing that keeps hours from being saved. */
export function whatIsWrong({ weekly, exceptions }: BusinessHours): string | undefined {
  for (const { day, name } of WEEK) {
    if (weekly[day].some((span) => spanProblem(span) !== undefined)) return `${name} has hours that end before they begin.`;
  }
  const seen = new Set<string>();
  for (const { date, open } of exceptions) {
    if (!isDate(date)) return 'An exception has no date.';
    if (seen.has(date)) return `${dateInWords(date)} is among the exceptions twice.`;
    seen.add(date);
    if (open.some((span) => spanProblem(span) !== undefined)) return `${dateInWords(date)} has hours that end before they begin.`;
  }
  return undefined;
}

const isDate = (date: string): boolean => /^(?:\d{4}-)?\d\d-\d\d$/.test(date);

/** `2026-12-24` or `12-24`, in words. */
export function dateInWords(date: string): string {
  if (!isDate(date)) return 'No date';
  const isYearly = date.length === 5;
  const day = new Date(`${isYearly ? `2024-${date}` : date}T12:00:00Z`);
  return new Intl.DateTimeFormat('en-GB', { day: 'numeric', month: 'long', timeZone: 'UTC', ...(!isYearly && { year: 'numeric' }) }).format(
    day,
  );
}

/** In the order of the calendar: yearly ones first, then by date. */
export function sortedExceptions(hours: BusinessHours): BusinessHours {
  const order = ({ date }: ExceptionalDay) => (date.length === 5 ? `0${date}` : date);
  return { ...hours, exceptions: [...hours.exceptions].sort((a, b) => (order(a) < order(b) ? -1 : 1)) };
}

/** Spans in words: "09:00 to 12:00 and 13:00 to 17:00". */
export function spansInWords(spans: readonly OpenSpan[]): string {
  if (spans.length === 0) return 'closed';
  if (spans.length === 1 && spans[0]!.from === '00:00' && spans[0]!.to === MIDNIGHT) return 'open all day';
  return spans.map(({ from, to }) => `${from} to ${to === MIDNIGHT ? 'midnight' : to}`).join(' and ');
}

/** Where spans stand in a day, in parts of it (0 to 1), for a picture. */
export function barsOf(spans: readonly OpenSpan[]): { readonly from: number; readonly width: number }[] {
  return spans
    .filter((span) => spanProblem(span) === undefined)
    .map(({ from, to }) => ({ from: minutesOf(from) / 1_440, width: (minutesOf(to) - minutesOf(from)) / 1_440 }));
}

function minutesOf(text: string): number {
  const [hour = 0, minute = 0] = text.split(':').map(Number);
  return hour * 60 + minute;
}

function clock(minutes: number): string {
  return `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
}
