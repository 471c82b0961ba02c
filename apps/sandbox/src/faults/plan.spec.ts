import { describe, expect, it } from '@jest/globals';
import { planned, progressOf } from './plan.js';
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

describe('how far a run is', () => {
  it.each<[number, number[], number, string]>([
    [0, [60, 60, 60], 0, '1 of 3, about 3 minutes left'],
    [1, [60, 60, 60], 120, '2 of 3, about 4 minutes left'],
    [2, [60, 60, 20], 60, '3 of 3, about 1 minute left'],
  ])('is told at the pace of what is done', (index, expected, took, words) => {
    expect(progressOf(index, expected, took)).toBe(words);
  });
});
