import { describe, expect, it } from '@jest/globals';
import { isIn, MAX_RANGES, without, withRange } from './ranges.js';
import type { Range } from './ranges.js';

describe('ranges of numbers', () => {
  it.each([
    [1, false],
    [2, true],
    [4, true],
    [5, false],
    [9, true],
  ])('finds %i inside: %s', (number, inside) => {
    const ranges: Range[] = [
      [2, 4],
      [9, 9],
    ];
    expect(isIn(ranges, number)).toBe(inside);
  });

  it.each([
    ['the only number', [[3, 3]], 3, []],
    ['the first', [[3, 5]], 3, [[4, 5]]],
    ['the last', [[3, 5]], 5, [[3, 4]]],
    [
      'one in the middle',
      [[3, 7]],
      5,
      [
        [3, 4],
        [6, 7],
      ],
    ],
    ['one outside', [[3, 7]], 8, [[3, 7]]],
  ] as [string, Range[], number, Range[]][])('takes out %s', (_what, ranges, number, rest) => {
    expect(without(ranges, number)).toEqual(rest);
  });

  it('forgets the oldest range when there are too many', () => {
    let ranges: Range[] = [];
    for (let i = 0; i <= MAX_RANGES; i++) ranges = withRange(ranges, [i * 10, i * 10 + 1]);
    expect(ranges).toHaveLength(MAX_RANGES);
    expect(ranges[0]).toEqual([10, 11]);
  });
});
