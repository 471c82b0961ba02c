import { describe, expect, it } from '@jest/globals';
import { ago, fromNow, lastingWords } from './when.js';

describe('a moment, told from now', () => {
  const now = new Date('2026-11-21T12:00:00Z');
  it.each([
    [0, 'just now'],
    [-59_000, 'just now'],
    [-60_000, '1 minute ago'],
    [-3 * 3_600_000 - 5, '3 hours ago'],
    [-86_400_000, 'yesterday'],
    [-12 * 86_400_000, '12 days ago'],
    [30_000, 'in less than a minute'],
    [23.9 * 3_600_000, 'in 23 hours'],
    [86_400_000, 'tomorrow'],
  ])('%i ms away is %s', (ms, words) => {
    expect(fromNow(new Date(now.getTime() + ms), now)).toBe(words);
  });
});

describe('what is past', () => {
  const now = Date.parse('2026-03-01T12:00:00Z');

  it.each([
    [30_000, 'just now', '30 s'],
    [5 * 60_000, '5 minutes ago', '5 min'],
    [3 * 3_600_000 + 59 * 60_000, '3 hours ago', '3 h'],
    [25 * 3_600_000, 'yesterday', '1 day'],
    [49 * 3_600_000, '2 days ago', '2 days'],
  ])('%d ms is told as %s, and lasted %s', (ms, past, lasted) =>
    expect([ago(new Date(now - ms), now), lastingWords(ms)]).toEqual([past, lasted]),
  );

  it('is never in the future when clocks differ', () =>
    expect([ago(new Date(now + 5_000), now), lastingWords(-5)]).toEqual(['just now', '0 s']));
});
