import { z } from 'zod';

const ClockSchema = z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$|^24:00$/, 'must be a time such as 09:00, at most 24:00');

/** From one time of a day to a later one; `24:00` is its end. */
export const OpenSpanSchema = z.object({ from: ClockSchema, to: ClockSchema }).refine(({ from, to }) => from < to, {
  message: 'must end after it begins; a span over midnight is two: one to 24:00, one from 00:00',
  path: ['to'],
});
export type OpenSpan = z.output<typeof OpenSpanSchema>;

const SpansSchema = z.array(OpenSpanSchema).max(10);

const DateSchema = z.string().refine(isDate, 'must be a date such as 2026-12-24, or 12-24 for every year');

/** One day that is not as its weekday: a holiday (nothing open), or other hours. */
export const ExceptionalDaySchema = z.object({
  /** `2026-12-24`, or `12-24` for every year. A date with its year wins. */
  date: DateSchema,
  /** Empty: closed. */
  open: SpansSchema.default([]),
  name: z.string().max(100).optional(),
});
export type ExceptionalDay = z.output<typeof ExceptionalDaySchema>;

const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** When humans answer, whoever of them is online. */
export const BusinessHoursSchema = z.object({
  /** IANA, for example `Europe/Berlin`; all times of day are of this zone. */
  timeZone: z.string().max(64).refine(isTimeZone, 'must be a time zone such as Europe/Berlin'),
  /** A weekday that is not named is closed. */
  weekly: z.object(
    Object.fromEntries(WEEKDAYS.map((day) => [day, SpansSchema.default([])])) as Record<Weekday, z.ZodDefault<typeof SpansSchema>>,
  ),
  exceptions: z.array(ExceptionalDaySchema).max(400).default([]),
});
export type BusinessHours = z.output<typeof BusinessHoursSchema>;

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** A leap day of every year is one. */
function isDate(text: string): boolean {
  const full = /^\d\d-\d\d$/.test(text) ? `2024-${text}` : text;
  if (!/^\d{4}-\d\d-\d\d$/.test(full)) return false;
  const date = new Date(`${full}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(full);
}
