import { describe, expect, it } from '@jest/globals';
import { timingParts } from './timing-parts.js';

describe('how long an answer took', () => {
  it.each([
    [
      { retrieve: 30, model: 60, total: 100 },
      [
        ['Looking up', 0.3],
        ['The model', 0.6],
        ['Checks', 0.1],
      ],
    ],
    [{ retrieve: 10, model: 0, total: 10 }, [['Looking up', 1]]],
    [{ retrieve: 0, model: 0, total: 2 }, [['Checks', 1]]],
    [
      { retrieve: 6, model: 6, total: 10 },
      [
        ['Looking up', 0.5],
        ['The model', 0.5],
      ],
    ],
    [{ retrieve: 0, model: 0, total: 0 }, []],
  ])('%j', (ms, parts) => {
    expect(timingParts(ms).map(({ label, share }) => [label, share])).toEqual(parts);
  });
});
