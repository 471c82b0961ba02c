import { expect, it } from '@jest/globals';
import { inWords } from './in-words.js';

it.each([
  [0, '1 second'],
  [15_400, '15 seconds'],
  [59_900, '60 seconds'],
  [60_000, '1 minute'],
  [225_000, '4 minutes'],
  [119 * 60_000, '119 minutes'],
  [120 * 60_000, '2 hours'],
  [50 * 3_600_000, '50 hours'],
])('%i ms are %s', (ms, words) => {
  expect(inWords(ms)).toBe(words);
});
