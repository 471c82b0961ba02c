import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BusinessHoursSchema } from '../hours.js';
import type { BusinessHours } from '../hours.js';
import { SEARCHED_DAYS, addOpenTime, isOpen, nextClosing, nextOpening } from './business-hours.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const span = (text: string) => ({ from: text.split('-')[0]!, to: text.split('-')[1]! });
const spans = (text: string) => text.split(' ').filter(Boolean).map(span);
const everyDay = (text: string) =>
  Object.fromEntries(
    ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'].map((day) => [day, spans(text)]),
  ) as BusinessHours['weekly'];

function hours(timeZone: string, weekly: BusinessHours['weekly'] | string, exceptions: Record<string, string> = {}): BusinessHours {
  return BusinessHoursSchema.parse({
    timeZone,
    weekly: typeof weekly === 'string' ? { ...everyDay(weekly), saturday: [], sunday: [] } : weekly,
    exceptions: Object.entries(exceptions).map(([date, open]) => ({ date, open: spans(open) })),
  });
}

const at = (text: string) => Date.parse(text);
const told = (moment: number | null) => (moment === null ? null : new Date(moment).toISOString().replace(':00.000Z', 'Z'));

const berlin = hours('Europe/Berlin', '09:00-12:00 13:00-17:00', {
  '12-24': '09:00-12:00',
  '12-25': '',
  '2026-12-24': '',
  '2026-11-28': '10:00-14:00',
});

describe('business hours', () => {
  it.each([
    ['before the first span', '2026-11-23T07:59Z', false],
    ['at its first minute', '2026-11-23T08:00Z', true],
    ['in its last minute', '2026-11-23T10:59:59Z', true],
    ['at its end', '2026-11-23T11:00Z', false],
    ['in the second span', '2026-11-23T12:00Z', true],
    ['on a weekday that is not named', '2026-11-22T10:00Z', false],
    ['on a Saturday that has hours of its own', '2026-11-28T10:00Z', true],
    ['on a day of every year', '2027-12-24T10:30Z', true],
    ['past the hours of that day', '2027-12-24T12:30Z', false],
    ['on a date that wins over the day of every year', '2026-12-24T10:30Z', false],
    ['on a holiday', '2026-12-25T10:30Z', false],
  ])('%s', (_what, moment, open) => {
    expect(isOpen(berlin, at(moment))).toBe(open);
  });

  it.each([
    ['this very moment', '2026-11-23T09:12Z', '2026-11-23T09:12Z'],
    ['after lunch', '2026-11-23T11:15Z', '2026-11-23T12:00Z'],
    ['tomorrow', '2026-11-23T17:00Z', '2026-11-24T08:00Z'],
    ['after the weekend', '2026-11-20T17:00Z', '2026-11-23T08:00Z'],
    ['on a Saturday that is an exception', '2026-11-27T17:00Z', '2026-11-28T09:00Z'],
    ['past holidays and a weekend', '2026-12-23T17:00Z', '2026-12-28T08:00Z'],
  ])('opens next %s', (_what, moment, opening) => {
    expect(told(nextOpening(berlin, at(moment)))).toBe(opening);
  });

  it.each([
    ['at the end of the span', '2026-11-23T09:12Z', '2026-11-23T11:00Z'],
    ['this very moment, at lunch', '2026-11-23T11:15Z', '2026-11-23T11:15Z'],
    ['this very moment, at the end', '2026-11-23T16:00Z', '2026-11-23T16:00Z'],
  ])('close next %s', (_what, moment, closing) => {
    expect(told(nextClosing(berlin, at(moment)))).toBe(closing);
  });

  it.each([
    ['within a span', '2026-11-23T08:00Z', 2, '2026-11-23T10:00Z'],
    ['to the very end of one', '2026-11-23T08:00Z', 3, '2026-11-23T11:00Z'],
    ['over lunch', '2026-11-23T10:00Z', 2, '2026-11-23T13:00Z'],
    ['from the night on', '2026-11-23T03:00Z', 1, '2026-11-23T09:00Z'],
    ['over the weekend', '2026-11-20T15:00Z', 2, '2026-11-23T09:00Z'],
    ['over a whole day', '2026-11-23T08:00Z', 8, '2026-11-24T09:00Z'],
    ['no time at all', '2026-11-22T08:00Z', 0, '2026-11-22T08:00Z'],
  ])('counted %s', (_what, from, amount, end) => {
    expect(told(addOpenTime(berlin, at(from), amount * HOUR))).toBe(end);
  });

  it('that were not set are always', () => {
    expect([isOpen(undefined, 5), nextOpening(undefined, 5), nextClosing(undefined, 5), addOpenTime(undefined, 5, 10)]).toEqual([
      true,
      5,
      null,
      15,
    ]);
  });

  it('until midnight go on at midnight', () => {
    const night = hours('Europe/Berlin', everyDay('00:00-02:00 22:00-24:00'));
    expect(isOpen(night, at('2026-11-23T23:00Z'))).toBe(true);
    expect(told(nextClosing(night, at('2026-11-23T21:30Z')))).toBe('2026-11-24T01:00Z');
    expect(told(addOpenTime(night, at('2026-11-23T21:00Z'), 3 * HOUR))).toBe('2026-11-24T00:00Z');
    expect(told(addOpenTime(night, at('2026-11-23T21:00Z'), 5 * HOUR))).toBe('2026-11-24T22:00Z');
    const always = hours('Asia/Kolkata', everyDay('00:00-24:00'));
    expect(nextClosing(always, at('2026-11-23T21:07Z'))).toBeNull();
    expect(addOpenTime(always, at('2026-11-23T21:07Z'), 240 * HOUR)).toBe(at('2026-11-23T21:07Z') + 240 * HOUR);
  });

  it('that overlap are open once', () => {
    const twice = hours('Europe/Berlin', '10:00-12:00 09:00-11:00 11:30-11:45');
    expect(told(addOpenTime(twice, at('2026-11-23T08:00Z'), 4 * HOUR))).toBe('2026-11-24T09:00Z');
  });

  it.each([
    ['no day at all', hours('Europe/Berlin', {} as BusinessHours['weekly'])],
    ['only days that are over', hours('Europe/Berlin', {} as BusinessHours['weekly'], { '2020-01-01': '09:00-17:00' })],
  ])('of %s never open', (_what, never) => {
    expect(isOpen(never, at('2026-11-23T10:00Z'))).toBe(false);
    expect(nextOpening(never, at('2026-11-23T10:00Z'))).toBeNull();
    expect(addOpenTime(never, at('2026-11-23T10:00Z'), HOUR)).toBeNull();
  });

  it('of one day in four years are found when it comes within the search', () => {
    const leap = hours('Europe/Berlin', {} as BusinessHours['weekly'], { '02-29': '09:00-10:00' });
    expect(told(nextOpening(leap, at('2027-06-01T00:00Z')))).toBe('2028-02-29T08:00Z');
    expect(nextOpening(leap, at('2026-06-01T00:00Z'))).toBeNull();
  });

  it('of so little time that it never adds up have no end', () => {
    const minutes = hours('Europe/Berlin', { monday: spans('09:00-09:05') } as BusinessHours['weekly']);
    expect(addOpenTime(minutes, at('2026-11-23T00:00Z'), 240 * HOUR)).toBeNull();
  });
});

describe('business hours where the clocks change', () => {
  const inside = (zone: string, text: string) => hours(zone, everyDay(text));

  it.each([
    ['the hour that is left out in Berlin', 'Europe/Berlin', '02:00-03:00', '2026-03-29T00:00Z', '2026-03-30T00:00Z'],
    ['what begins in it, from its end', 'Europe/Berlin', '02:30-05:00', '2026-03-29T00:00Z', '2026-03-29T01:00Z'],
    ['what ends in it, to its beginning', 'Europe/Berlin', '01:00-02:30', '2026-03-29T00:30Z', '2026-03-29T00:30Z'],
    ['nine in the morning, an hour earlier', 'Europe/Berlin', '09:00-10:00', '2026-03-29T00:00Z', '2026-03-29T07:00Z'],
    ['the hour that comes twice, the first time', 'Europe/Berlin', '02:00-02:30', '2026-10-24T20:00Z', '2026-10-25T00:00Z'],
    ['the hour that comes twice, the second time', 'Europe/Berlin', '02:00-02:30', '2026-10-25T00:30Z', '2026-10-25T01:00Z'],
    ['nine in the morning, an hour later', 'Europe/Berlin', '09:00-10:00', '2026-10-25T00:00Z', '2026-10-25T08:00Z'],
    ['New York in spring', 'America/New_York', '02:30-04:00', '2026-03-08T05:00Z', '2026-03-08T07:00Z'],
    ['New York in autumn', 'America/New_York', '01:30-02:00', '2026-11-01T05:45Z', '2026-11-01T05:45Z'],
    ['New York in autumn, again', 'America/New_York', '01:30-02:00', '2026-11-01T06:00Z', '2026-11-01T06:30Z'],
    ['Kolkata, where they never do', 'Asia/Kolkata', '09:00-18:00', '2026-03-29T00:00Z', '2026-03-29T03:30Z'],
    ['Lord Howe, where they move half an hour', 'Australia/Lord_Howe', '02:00-02:15', '2026-10-03T14:00Z', '2026-10-04T15:00Z'],
  ])('%s', (_what, zone, text, moment, opening) => {
    expect(told(nextOpening(inside(zone, text), at(moment)))).toBe(opening);
  });

  it.each([
    ['Berlin in spring', 'Europe/Berlin', '00:00-24:00', '2026-03-28T23:00Z', 23, '2026-03-29T22:00Z'],
    ['Berlin, a night in spring', 'Europe/Berlin', '01:00-04:00', '2026-03-29T00:00Z', 2, '2026-03-29T02:00Z'],
    ['Berlin, a night in autumn', 'Europe/Berlin', '01:00-04:00', '2026-10-24T23:00Z', 4, '2026-10-25T03:00Z'],
    ['New York, a night in autumn', 'America/New_York', '00:00-03:00', '2026-11-01T04:00Z', 4, '2026-11-01T08:00Z'],
    ['Kolkata', 'Asia/Kolkata', '09:00-18:00', '2026-03-29T03:30Z', 9, '2026-03-29T12:30Z'],
  ])('count what is really open: %s', (_what, zone, text, from, amount, end) => {
    expect(told(addOpenTime(inside(zone, text), at(from), amount * HOUR))).toBe(end);
  });
});

describe('any business hours', () => {
  const clock = fc.integer({ min: 0, max: 96 }).map((quarter) => quarter * 15);
  const text = (minutes: number) => `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;
  const someSpans = fc.array(
    fc
      .tuple(clock, clock)
      .filter(([one, other]) => one !== other)
      .map((pair) => ({ from: text(Math.min(...pair)), to: text(Math.max(...pair)) })),
    { maxLength: 3 },
  );
  const some = fc.record({
    timeZone: fc.constantFrom('Europe/Berlin', 'America/New_York', 'Asia/Kolkata', 'Australia/Lord_Howe', 'Pacific/Apia', 'UTC'),
    weekly: fc.record({
      monday: someSpans,
      tuesday: someSpans,
      wednesday: someSpans,
      thursday: someSpans,
      friday: someSpans,
      saturday: someSpans,
      sunday: someSpans,
    }),
    exceptions: fc.array(fc.record({ date: fc.constantFrom('2026-03-29', '03-29', '11-01', '10-25', '2026-10-26'), open: someSpans }), {
      maxLength: 3,
    }),
  });
  /** Mostly around the days on which clocks change. */
  const moment = fc
    .tuple(
      fc.constantFrom('2026-03-08', '2026-03-29', '2026-04-05', '2026-10-04', '2026-10-25', '2026-11-01', '2026-07-01'),
      fc.nat(4 * 1440),
    )
    .map(([day, minutes]) => at(day) - 2 * DAY + minutes * MINUTE);

  it('open next at a moment that is open, after one that is not', () => {
    fc.assert(
      fc.property(some, moment, (raw, from) => {
        const the = BusinessHoursSchema.parse(raw);
        const opening = nextOpening(the, from);
        if (opening === null) return;
        expect(isOpen(the, opening)).toBe(true);
        if (opening === from) return;
        expect(isOpen(the, opening - MINUTE)).toBe(false);
        expect(isOpen(the, opening - 1)).toBe(false);
        expect(isOpen(the, from)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('close next at a moment that is not open, after one that is', () => {
    fc.assert(
      fc.property(some, moment, (raw, from) => {
        const the = BusinessHoursSchema.parse(raw);
        const closing = nextClosing(the, from);
        if (closing === null) return;
        expect(isOpen(the, closing)).toBe(false);
        if (closing > from) expect([isOpen(the, closing - 1), isOpen(the, from)]).toEqual([true, true]);
      }),
      { numRuns: 300 },
    );
  });

  it('are counted to the minute, and the time counted to is preceded by an open minute', () => {
    fc.assert(
      fc.property(some, moment, fc.integer({ min: 1, max: 600 }), (raw, from, minutes) => {
        const the = BusinessHoursSchema.parse(raw);
        const end = addOpenTime(the, from, minutes * MINUTE);
        if (end === null || end - from > 10 * DAY) return;
        let open = 0;
        for (let minute = from; minute < end; minute += MINUTE) if (isOpen(the, minute)) open += 1;
        expect(open).toBe(minutes);
        expect(isOpen(the, end - MINUTE)).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('are looked for no longer than promised', () => {
    fc.assert(
      fc.property(some, moment, (raw, from) => {
        const opening = nextOpening(BusinessHoursSchema.parse(raw), from);
        expect(opening === null || opening - from <= SEARCHED_DAYS * DAY).toBe(true);
      }),
      { numRuns: 100 },
    );
  });
});
