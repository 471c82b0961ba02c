import { describe, expect, it } from '@jest/globals';
import { growsTooMuch, levelsOf, type Step } from './growth.js';
import { hasItsShare } from './replicas.js';

const step = (replicas: number, cpuPerMessageUs: number, joinedSeconds?: number): Step => ({
  ...{ replicas, cpuPerMessageUs, joinedSeconds },
  ...{ idleUsPerSecond: 4_000, perSecond: 400, p50Ms: 5, p95Ms: 9 },
});

describe('what one more replica costs', () => {
  it('is told by medians over the rounds, against one replica', () => {
    const levels = levelsOf([step(4, 320, 6), step(1, 300), step(2, 305), step(1, 310), step(1, 900), step(4, 330, 7), step(4, 335)]);
    expect(levels.map(({ replicas, cpuPerMessageUs }) => [replicas, cpuPerMessageUs])).toEqual([
      [1, 310],
      [2, 305],
      [4, 330],
    ]);
    expect(levels[2]).toMatchObject({ growth: expect.closeTo(330 / 310 - 1), idlePerMessageUs: 40, joinedSeconds: 6.5 });
    expect(levels[0]!.joinedSeconds).toBeUndefined();
  });

  it.each([
    ['10 % more is the bound', [step(1, 300), step(4, 330)], false],
    ['11 % more is too much', [step(1, 300), step(4, 333)], true],
    ['less is fine', [step(1, 300), step(4, 200)], false],
    ['a growth in the middle only is fine', [step(1, 300), step(2, 600), step(4, 310)], false],
    ['one number of replicas tells nothing', [step(4, 300)], true],
    ['nothing measured tells nothing', [], true],
  ] as const)('%s', (_, steps, expected) => {
    expect(growsTooMuch(levelsOf(steps))).toBe(expected);
  });

  it.each([
    ['all alike', [10, 10, 10, 10], true],
    ['the new one at half of its share', [14, 13, 13, 6], true],
    ['the new one at less', [15, 15, 14, 3], false],
    ['nobody does anything', [0, 0], false],
  ] as const)('a replica does its share: %s', (_, handled, expected) => {
    expect(hasItsShare(handled)).toBe(expected);
  });
});
