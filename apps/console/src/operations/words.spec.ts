import { describe, expect, it } from '@jest/globals';
import { leftOutWords, quotaColor, quotaPoints, tokenWords } from './words.js';

describe('the words of operations', () => {
  it('say what is left out', () => {
    const lane = (name: string, isLeftOut: boolean) => ({ lane: name, isLeftOut, upTo: null });
    expect(leftOutWords([lane('words', false), lane('typing', false)])).toBe('Nothing is left out.');
    expect(leftOutWords([lane('words', false), lane('marks', true), lane('typing', true)])).toBe(
      'Left out at this moment: delivered and seen, who is writing.',
    );
  });
  it('name a token that was not tried', () =>
    expect([tokenWords(null).label, tokenWords('refused').color]).toEqual(['Token not tried yet', 'red']));
  it.each([
    [10, 'indigo'],
    [80, 'yellow'],
    [95, 'red'],
  ])('%d of 100 calls are %s', (used, color) => expect(quotaColor(used, 100)).toBe(color));
});

describe('the course of a day’s calls', () => {
  const NOON = Date.parse('2026-03-01T12:00:00Z');
  it('begins with none at midnight and goes on at the same pace', () => {
    const points = quotaPoints({ used: 500, course: [{ at: '2026-03-01T06:00:00Z', used: 100 }] }, NOON);
    expect(points).toEqual([
      { time: NOON - 12 * 3_600_000, used: 0 },
      { time: NOON - 6 * 3_600_000, used: 100 },
      { time: NOON, used: 500, forecast: 500 },
      { time: NOON + 12 * 3_600_000, forecast: 1_000 },
    ]);
  });
});
