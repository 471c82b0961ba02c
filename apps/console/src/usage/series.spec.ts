import { describe, expect, it } from '@jest/globals';
import { daysOfMonth, monthWords, shares, standWords } from './series.js';

const DAYS = [
  { day: '2026-10-31', botId: 'demo', answers: 9 },
  { day: '2026-11-01', botId: 'demo', answers: 2 },
  { day: '2026-11-03', botId: 'other', answers: 1 },
];

describe('the days of a month', () => {
  it('go up to today, with days on which nobody asked', () => {
    expect(daysOfMonth(DAYS, '2026-11', '2026-11-03')).toEqual({
      botIds: ['demo', 'other'],
      points: [
        { day: '2026-11-01', demo: 2, other: 0 },
        { day: '2026-11-02', demo: 0, other: 0 },
        { day: '2026-11-03', demo: 0, other: 1 },
      ],
    });
  });

  it('are all of them when the month is over', () => {
    const { points } = daysOfMonth(DAYS, '2026-10', '2026-11-03');
    expect([points.length, points.at(-1)]).toEqual([31, { day: '2026-10-31', demo: 9 }]);
  });
});

describe('usage in words', () => {
  const month = (used: number) => [{ period: '2026-11', used, reserved: 0, turnedAway: 0, warnedAt: null, bots: [] }];
  it.each([
    [{ state: 'unlimited', limit: null, months: month(5), forecast: null }, 'no limit'],
    [{ state: 'ended', limit: 5, months: month(5), forecast: null }, 'used up'],
    [{ state: 'fine', limit: 1_500, months: month(5), forecast: null }, '1,495 answers are left this month.'],
    [{ state: 'fine', limit: 1_500, months: month(5), forecast: { atMonthsEnd: 10, endsOn: null } }, 'it will do'],
    [{ state: 'near', limit: 6, months: month(5), forecast: { atMonthsEnd: 10, endsOn: '2026-11-24' } }, 'used up on November 24'],
  ] as const)('%j', (usage, words) => {
    expect(standWords({ ...usage, months: [...usage.months] })).toContain(words);
  });

  it('names the month, and the bots that answered most first', () => {
    const bots = [
      { botId: 'a', inbox: 1, webchat: 0, messenger: 0 },
      { botId: 'b', inbox: 1, webchat: 2, messenger: 3 },
    ];
    expect(monthWords('2026-11')).toBe('November 2026');
    expect(shares({ bots }).map(({ botId, all }) => [botId, all])).toEqual([
      ['b', 6],
      ['a', 1],
    ]);
  });
});
