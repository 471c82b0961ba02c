import { describe, expect, it } from '@jest/globals';
import { forecastOf, stateOf } from './forecast.js';

/** So many answers on each of these days of November. */
const each = (answers: number, ...days: number[]) => days.map((day) => ({ day: `2026-11-${String(day).padStart(2, '0')}`, answers }));
const noonOf = (day: number) => new Date(Date.UTC(2026, 10, day, 12));

describe('the forecast of a month', () => {
  it.each([
    ['goes on as it went', noonOf(11), 100, null, each(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), { atMonthsEnd: 295, endsOn: null }],
    [
      'says when the plan will be used up',
      noonOf(11),
      100,
      150,
      each(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10),
      { atMonthsEnd: 295, endsOn: '2026-11-16' },
    ],
    ['says that the plan will do', noonOf(11), 100, 1_000, each(10, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10), { atMonthsEnd: 295, endsOn: null }],
    ['counts days without an answer', noonOf(5), 8, null, each(8, 1), { atMonthsEnd: 59, endsOn: null }],
    ['looks back two weeks at most', noonOf(30), 10, null, each(1_000, 1, 2, 3), { atMonthsEnd: 10, endsOn: null }],
    [
      'leaves the day that is not over out',
      noonOf(11),
      1_100,
      null,
      [...each(10, 1, 10), ...each(1_000, 11)],
      { atMonthsEnd: 1_139, endsOn: null },
    ],
    ['says that a plan is used up', noonOf(11), 120, 100, each(10, 1, 10), { atMonthsEnd: 159, endsOn: '2026-11-11' }],
    ['is none after two days', noonOf(3), 20, null, each(10, 1, 2), null],
    ['is none without answers', noonOf(11), 0, 100, [], null],
  ])('%s', (_what, now, used, limit, days, forecast) => {
    expect(forecastOf({ now, used, limit, days })).toEqual(forecast);
  });
});

describe('how a month stands against its plan', () => {
  it.each([
    [5, null, 'unlimited'],
    [79, 100, 'fine'],
    [80, 100, 'near'],
    [100, 100, 'ended'],
    [0, 0, 'ended'],
  ] as const)('with %d of %s it is %s', (used, limit, state) => {
    expect(stateOf({ used, limit, warnAt: 80 })).toBe(state);
  });
});
