import { describe, expect, it } from '@jest/globals';
import type { Candidate } from '../retrieval/find-candidates.js';
import { chooseThreshold } from './choose-threshold.js';
import { chooseWeight } from './choose-weight.js';
import { withoutAnswer, type Trial } from './trial.js';

const YARDSTICK = { near: 0.7, far: 0.4 };
const found = (chunk: number, lexical: number, dense: number): Candidate => ({ chunk, lexical, dense, coverage: 0.5 });

/** The answer is 1; either its words or its meaning are nearer than those of 2. */
const byWords: Trial = { answer: 1, found: [found(1, 12, 0.5), found(2, 2, 0.6)] };
const byMeaning: Trial = { answer: 1, found: [found(1, 2, 0.6), found(2, 25, 0.5)] };
const times = (trial: Trial, count: number) => Array.from({ length: count }, () => trial);

describe('the weight of a knowledge base', () => {
  it('goes to the leg that finds its answers', () => {
    expect(chooseWeight(times(byWords, 40), YARDSTICK, 0.5).weight).toBeLessThan(0.5);
    expect(chooseWeight(times(byMeaning, 40), YARDSTICK, 0.5).weight).toBeGreaterThan(0.5);
  });

  it('stays where it was when nothing is better beyond luck', () => {
    const theOtherWayRound: Trial = { answer: 2, found: byWords.found };
    expect(chooseWeight([...times(byWords, 20), ...times(theOtherWayRound, 20)], YARDSTICK, 0.5).weight).toBe(0.5);
    expect(chooseWeight([], YARDSTICK, 0.5)).toEqual({ weight: 0.5, gain: 0, gainBefore: 0 });
  });

  it('comes with what was gained', () => {
    const { gain, gainBefore } = chooseWeight(times(byMeaning, 40), YARDSTICK, 0.5);
    expect(gain).toBe(1);
    expect(gainBefore).toBeCloseTo(1 / Math.log2(3), 10);
  });
});

describe('the threshold of a knowledge base', () => {
  const spread = (from: number, to: number, count: number) =>
    Array.from({ length: count }, (_, i) => from + ((to - from) * i) / (count - 1));

  it('lies between what can be answered and what cannot', () => {
    const threshold = chooseThreshold({ answerable: spread(0.6, 0.95, 150), unanswerable: spread(0.1, 0.59, 150) }, 0.45);
    expect(threshold).toBeGreaterThan(0.52);
    expect(threshold).toBeLessThan(0.62);
  });

  it('moves little on few trials, and nowhere without any', () => {
    const few = chooseThreshold({ answerable: spread(0.6, 0.95, 5), unanswerable: spread(0.1, 0.59, 5) }, 0.45);
    expect(Math.abs(few - 0.45)).toBeLessThan(0.02);
    expect(chooseThreshold({ answerable: [], unanswerable: [] }, 0.45)).toBe(0.45);
  });

  it.each([
    ['everything looks answerable', spread(0.9, 0.99, 500), spread(0.8, 0.89, 500)],
    ['nothing does', spread(0.02, 0.1, 500), spread(0.01, 0.02, 500)],
  ])('stays within bounds when %s', (_, answerable, unanswerable) => {
    const threshold = chooseThreshold({ answerable, unanswerable }, 0.45);
    expect(threshold).toBeGreaterThanOrEqual(0.35);
    expect(threshold).toBeLessThanOrEqual(0.65);
  });
});

it('a trial without its answer keeps the others', () => {
  expect(withoutAnswer(byWords).map(({ chunk }) => chunk)).toEqual([2]);
});
