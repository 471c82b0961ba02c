import { describe, expect, it } from '@jest/globals';
import { agoWords, lastingWords } from './when.js';

const NOW = Date.parse('2026-03-01T12:00:00Z');

describe('times in words', () => {
  it.each([
    [30_000, 'now'],
    [5 * 60_000, '5 min ago'],
    [3 * 3_600_000 + 59 * 60_000, '3 h ago'],
    [25 * 3_600_000, '1 day ago'],
    [49 * 3_600_000, '2 days ago'],
  ])('%d ms before is %s', (ms, words) => expect(agoWords(new Date(NOW - ms), NOW)).toBe(words));
  it('are never negative when clocks differ', () =>
    expect([agoWords(new Date(NOW + 5_000), NOW), lastingWords(-5)]).toEqual(['now', '0 s']));
});
