import { describe, expect, it } from '@jest/globals';
import { BusinessHoursSchema } from '@baton/contracts';
import type { BusinessHours } from '@baton/contracts';
import { cityOf, clockIn, localTime, momentOf, standingAt, timeZones, utcOffset } from './moment.js';
import {
  barsOf,
  copiedTo,
  dateInWords,
  nextSpan,
  overMidnight,
  sortedExceptions,
  spansInWords,
  usualHours,
  whatIsWrong,
  withDay,
  withException,
} from './week.js';

const at = (text: string) => Date.parse(text);
const BERLIN = 'Europe/Berlin';
const usual = usualHours(BERLIN);

describe('business hours at a moment', () => {
  it.each<[string, BusinessHours | undefined, string, string]>([
    ['in the day', usual, '2026-11-23T09:00Z', 'open, closes today at 17:00'],
    ['in the evening', usual, '2026-11-23T17:00Z', 'closed, opens tomorrow at 09:00'],
    ['on Friday evening', usual, '2026-11-27T17:00Z', 'closed, opens on Monday at 09:00'],
    ['without any', undefined, '2026-11-23T09:00Z', 'always open'],
    [
      'that never open',
      { ...usual, weekly: BusinessHoursSchema.parse({ timeZone: BERLIN, weekly: {} }).weekly },
      '2026-11-23T09:00Z',
      'closed, and does not open within a year',
    ],
    [
      'that never close',
      copiedTo(withDay(usual, 'monday', [{ from: '00:00', to: '24:00' }]), 'monday', [
        'tuesday',
        'wednesday',
        'thursday',
        'friday',
        'saturday',
        'sunday',
      ]),
      '2026-11-23T09:00Z',
      'open, and never closes',
    ],
  ])('%s', (_what, hours, moment, words) => {
    expect(standingAt(hours, at(moment)).inWords).toBe(words);
  });

  it('is told on the clock of the team, and chosen on it', () => {
    expect(clockIn(BERLIN, at('2026-11-23T08:00Z'))).toBe('Monday 23 November, 09:00');
    expect(localTime(BERLIN, at('2026-11-23T23:30Z'))).toBe('2026-11-24T00:30');
    expect(momentOf(BERLIN, '2026-11-24T00:30')).toBe(at('2026-11-23T23:30Z'));
    expect(momentOf(BERLIN, '2026-07-01T09:00')).toBe(at('2026-07-01T07:00Z'));
    expect(momentOf('America/New_York', '2026-03-08T01:59')).toBe(at('2026-03-08T06:59Z'));
    expect(momentOf(BERLIN, '')).toBeUndefined();
  });

  it('is in one of many zones', () => {
    const zones = timeZones('Asia/Calcutta', at('2026-11-23T08:00Z'));
    const label = (value: string) => zones.find((zone) => zone.value === value)?.label;
    expect([label(BERLIN), label('UTC'), label('America/New_York'), label('Asia/Calcutta')]).toEqual([
      'Europe/Berlin (UTC+01:00)',
      'UTC (UTC)',
      'America/New York (UTC−05:00)',
      'Asia/Calcutta (UTC+05:30)',
    ]);
    expect([utcOffset(BERLIN, at('2026-07-01T00:00Z')), cityOf('America/Argentina/Buenos_Aires')]).toEqual(['UTC+02:00', 'Buenos Aires']);
  });
});

describe('a week', () => {
  it('is copied from one day to others', () => {
    const short = withDay(usual, 'monday', [{ from: '10:00', to: '12:00' }]);
    const { weekly } = copiedTo(short, 'monday', ['saturday']);
    expect([weekly.monday, weekly.tuesday, weekly.saturday].map(spansInWords)).toEqual([
      '10:00 to 12:00',
      '09:00 to 17:00',
      '10:00 to 12:00',
    ]);
  });

  it('goes past midnight as two spans, also from Sunday to Monday', () => {
    const late = (day: 'friday' | 'sunday', to: string) => overMidnight(withDay(usual, day, [{ from: '22:00', to }]), day, 0);
    expect([late('friday', '02:00').weekly.friday, late('friday', '02:00').weekly.saturday].map(spansInWords)).toEqual([
      '22:00 to midnight',
      '00:00 to 02:00',
    ]);
    expect(spansInWords(late('sunday', '02:00').weekly.monday)).toBe('00:00 to 02:00 and 09:00 to 17:00');
    expect(late('sunday', '00:00').weekly.monday).toEqual(usual.weekly.monday);
    expect(BusinessHoursSchema.safeParse(late('friday', '02:00')).error).toBeUndefined();
  });

  it.each([
    ['', '09:00 to 17:00'],
    ['09:00-12:00', '13:00 to 17:00'],
    ['09:00-21:30', '22:30 to midnight'],
    ['09:00-23:00', 'none'],
    ['09:00-24:00', 'none'],
  ])('with %s has room for %s', (text, expected) => {
    const spans = text === '' ? [] : [{ from: text.split('-')[0]!, to: text.split('-')[1]! }];
    const next = nextSpan(spans);
    expect(next ? spansInWords([next]) : 'none').toBe(expected);
  });

  it('is drawn as parts of the day', () => {
    expect(
      barsOf([
        { from: '06:00', to: '12:00' },
        { from: '18:00', to: '24:00' },
        { from: '22:00', to: '02:00' },
      ]),
    ).toEqual([
      { from: 0.25, width: 0.25 },
      { from: 0.75, width: 0.25 },
    ]);
    expect(spansInWords([{ from: '00:00', to: '24:00' }])).toBe('open all day');
  });
});

describe('what keeps hours from being saved', () => {
  const day = (date: string, open: BusinessHours['exceptions'][number]['open'] = []) => ({ date, open });

  it.each<[string, BusinessHours, string | undefined]>([
    ['nothing', { ...usual, exceptions: [day('12-25'), day('2026-12-25')] }, undefined],
    ['hours past midnight', withDay(usual, 'tuesday', [{ from: '22:00', to: '02:00' }]), 'Tuesday has hours that end before they begin.'],
    ['a date said twice', { ...usual, exceptions: [day('12-25'), day('12-25')] }, '25 December is among the exceptions twice.'],
    ['no date', { ...usual, exceptions: [day('')] }, 'An exception has no date.'],
    [
      'an exception that ends before it begins',
      { ...usual, exceptions: [day('2026-12-24', [{ from: '12:00', to: '09:00' }])] },
      '24 December 2026 has hours that end before they begin.',
    ],
  ])('%s', (_what, hours, expected) => {
    expect(whatIsWrong(hours)).toBe(expected);
    if (expected === undefined) expect(BusinessHoursSchema.safeParse(hours).error).toBeUndefined();
  });

  it('exceptions are kept in the order of the calendar', () => {
    const mixed = { ...usual, exceptions: [day('2027-01-02'), day('12-25'), day('2026-12-31'), day('01-01')] };
    expect(sortedExceptions(mixed).exceptions.map(({ date }) => date)).toEqual(['01-01', '12-25', '2026-12-31', '2027-01-02']);
    expect(withException(mixed, 1, undefined).exceptions.map(({ date }) => date)).toEqual(['2027-01-02', '2026-12-31', '01-01']);
    expect([dateInWords('02-29'), dateInWords('2027-01-02')]).toEqual(['29 February', '2 January 2027']);
  });
});
