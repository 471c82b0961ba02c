import { describe, expect, it } from '@jest/globals';
import { wrongWithFile } from './check-file.js';

describe('a file that is to be read', () => {
  it.each([
    ['handbook.PDF', 10, undefined],
    ['faq.csv', 20_971_520, undefined],
    ['faq.csv', 20_971_521, '20 MB at most'],
    ['notes.md', 0, 'is empty'],
    ['movie.mp4', 10, 'not read'],
    ['README', 10, 'not read'],
  ])('%s of %d bytes: %s', (name, size, wrong) => {
    const told = wrongWithFile({ name, size });
    if (wrong === undefined) expect(told).toBeUndefined();
    else expect(told).toContain(wrong);
  });
});
