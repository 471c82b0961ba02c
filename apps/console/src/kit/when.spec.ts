import { describe, expect, it } from '@jest/globals';
import { fromNow } from './when.js';

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
