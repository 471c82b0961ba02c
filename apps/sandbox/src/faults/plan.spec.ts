import { describe, expect, it } from '@jest/globals';
import { expectedOf, planned, progressOf, tracksOf } from './plan.js';
import { SCENARIOS, VARIANTS } from './scenarios.js';

describe('what is to be run', () => {
  it('is everything, in its order', () => {
    expect(planned({ quick: false })).toEqual(SCENARIOS);
  });

  it('in a quick run leaves only variants out', () => {
    const quick = planned({ quick: true }).map(({ name }) => name);
    expect(quick).toHaveLength(SCENARIOS.length - VARIANTS.length);
    expect(quick).not.toEqual(expect.arrayContaining([expect.stringMatching(/^ai-/)]));
  });

  it('is what was named, also when the run is quick', () => {
    expect(planned({ only: 'poison, ai-kafka-1s', quick: true }).map(({ name }) => name)).toEqual(['poison', 'ai-kafka-1s']);
  });

  it('is nothing when a name is wrong: the known ones are told', () => {
    expect(() => planned({ only: 'poison,nonsense', quick: false })).toThrow(
      /No such fault: nonsense\. There are kill-ingress, .*rolling-restart\./,
    );
  });

  it('has each fault under one name', () => {
    const names = SCENARIOS.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
  });

  it('runs faults of one ground together', () => {
    const grounds = SCENARIOS.map(({ ground = 'plain' }) => ground);
    const changes = grounds.filter((ground, index) => ground !== grounds[index - 1]);
    expect(changes).toHaveLength(new Set(grounds).size);
  });
});

describe('a run in two tracks', () => {
  it('has every fault once, and none that needs another ground beside the plain one', () => {
    const [plain, others, ...more] = tracksOf(SCENARIOS, 2);
    expect([...plain!, ...others!].map(({ name }) => name).sort()).toEqual(SCENARIOS.map(({ name }) => name).sort());
    expect(new Set(plain!.map(({ ground = 'plain' }) => ground))).toEqual(new Set(['plain']));
    expect([others!.some(({ ground = 'plain' }) => ground === 'plain'), more]).toEqual([false, []]);
  });

  it('is one where there is nothing for the other, or only one is wanted', () => {
    expect(tracksOf(planned({ only: 'poison,hooks', quick: true }), 2)).toHaveLength(1);
    expect(tracksOf(SCENARIOS, 1)).toEqual([SCENARIOS]);
  });

  it('takes no more than fifteen minutes when it is quick', () => {
    const tracks = tracksOf(planned({ quick: true }), 2);
    for (const track of tracks) expect(expectedOf(track, 1).reduce((sum, one) => sum + one, 0)).toBeLessThan(15 * 60);
  });

  it('counts the start of each ground once', () => {
    const [first, second] = planned({ only: 'half-open-kafka,half-open-postgres', quick: true });
    const expected = expectedOf([first!, second!], 1);
    expect(expected[0]! - expected[1]!).toBe(20);
  });
});

describe('how far a run is', () => {
  it.each<[number, number[], number, string]>([
    [0, [60, 60, 60], 0, '1 of 3, about 3 minutes left'],
    [1, [60, 60, 60], 120, '2 of 3, about 4 minutes left'],
    [2, [60, 60, 20], 60, '3 of 3, about 1 minute left'],
  ])('is told at the pace of what is done', (index, expected, took, words) => {
    expect(progressOf(index, expected, took)).toBe(words);
  });
});
