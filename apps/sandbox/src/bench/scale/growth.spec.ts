import { describe, expect, it } from '@jest/globals';
import { growsTooMuch, growthOf, levelsOf, type Step } from './growth.js';
import { hasItsShare } from './replicas.js';

const step = (replicas: number, cpuPerMessageUs: number, change: Partial<Step> = {}): Step => ({
  ...{
    replicas,
    cpuPerMessageUs,
    load: 'each',
    idleUsPerSecond: 4_000,
    perSecond: 100 * replicas,
    p50Ms: 5,
    p95Ms: 9,
    rssMiB: 180,
    ...change,
  },
});

describe('what one more replica costs', () => {
  it('is told by medians over the rounds, each replica with the same load', () => {
    const joined = (joinedSeconds: number) => ({ joinedSeconds });
    const steps = [step(4, 320, joined(6)), step(1, 300), step(2, 305), step(1, 310), step(1, 900), step(4, 330, joined(7)), step(4, 335)];
    const levels = levelsOf(steps);
    expect(levels.map(({ replicas, cpuPerMessageUs }) => [replicas, cpuPerMessageUs])).toEqual([
      [1, 310],
      [2, 305],
      [4, 330],
    ]);
    expect(levels[0]).toMatchObject({ growth: expect.closeTo(330 / 310 - 1), joinedSeconds: undefined });
    expect(levels[2]).toMatchObject({ growth: 0, idlePerMessageUs: 40, joinedSeconds: 6.5 });
    expect(growthOf(levels)).toBeCloseTo(330 / 310 - 1);
  });

  it('is another question than what a load costs that is spread further, which is shown and not judged', () => {
    const levels = levelsOf([step(1, 200, { load: 'all', perSecond: 400 }), step(4, 330), step(1, 310)]);
    expect(levels.map(({ load, replicas }) => [load, replicas])).toEqual([
      ['each', 1],
      ['each', 4],
      ['all', 1],
    ]);
    expect(levels[2]!.growth).toBeCloseTo(0.65);
    expect(growsTooMuch(levels)).toBe(false);
  });

  it.each([
    ['10 % more is the bound', [step(1, 300), step(4, 330)], false],
    ['11 % more is too much', [step(1, 300), step(4, 333)], true],
    ['less is fine', [step(1, 300), step(4, 200)], false],
    ['a growth in the middle only is fine', [step(1, 300), step(2, 600), step(4, 310)], false],
    ['one number of replicas tells nothing', [step(4, 300)], true],
    ['all of it on one tells nothing of others', [step(4, 300), step(1, 300, { load: 'all' })], true],
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
