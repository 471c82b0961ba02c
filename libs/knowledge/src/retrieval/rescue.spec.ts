import { describe, expect, it } from '@jest/globals';
import { mistakesBetween, rescue } from './rescue.js';

describe('mistakes between two words', () => {
  it.each([
    ['refund', 'refund', 0],
    ['refnud', 'refund', 1],
    ['refun', 'refund', 1],
    ['refuund', 'refund', 1],
    ['refand', 'refund', 1],
    ['erfnud', 'refund', 2],
    ['', 'abc', 3],
  ])('%s and %s: %i', (a, b, mistakes) => {
    expect(mistakesBetween(a, b)).toBe(mistakes);
    expect(mistakesBetween(b, a)).toBe(mistakes);
  });
});

describe('a misspelt word', () => {
  it('may have meant the nearest ones only, and is trusted less for each mistake', () => {
    expect(
      rescue('warranti', [
        [1, 'warrant'],
        [2, 'warranty'],
        [3, 'warren'],
      ]),
    ).toEqual([
      { no: 1, trust: 0.7 },
      { no: 2, trust: 0.7 },
    ]);
  });

  it('of few letters is allowed a single mistake', () => {
    expect(rescue('laap', [[1, 'lamp']])).toEqual([{ no: 1, trust: 0.7 }]);
    expect(rescue('plma', [[1, 'lamp']])).toEqual([]);
  });
});
