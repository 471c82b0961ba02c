import { describe, expect, it } from '@jest/globals';
import type { Candidate } from './find-candidates.js';
import { byOneLeg, byReciprocalRank, fuse } from './fuse.js';
import { supportOf } from './support.js';

const YARDSTICK = { near: 0.7, far: 0.4 };
const found = (chunk: number, lexical: number, dense?: number): Candidate => ({ chunk, lexical, dense, coverage: lexical / 20 });
const order = (candidates: readonly Candidate[]) => candidates.map(({ chunk }) => chunk);

describe('both legs together', () => {
  it('follow the meaning where words are everyday words', () => {
    expect(order(fuse([found(1, 3, 0.5), found(2, 1, 0.65)], 0.5, YARDSTICK))).toEqual([2, 1]);
  });

  it('follow the words where they are rare', () => {
    expect(order(fuse([found(1, 35, 0.5), found(2, 1, 0.6)], 0.5, YARDSTICK))).toEqual([1, 2]);
  });

  it.each([
    ['meaning alone', 1, [2, 1]],
    ['words alone', 0, [1, 2]],
  ])('may be weighed towards %s', (_, weight, expected) => {
    expect(order(fuse([found(1, 35, 0.5), found(2, 1, 0.6)], weight, YARDSTICK))).toEqual(expected);
  });

  it.each([
    ['there is no yardstick', undefined, 0.6],
    ['no chunk has a vector', YARDSTICK, undefined],
  ])('are words alone when %s', (_, yardstick, dense) => {
    expect(order(fuse([found(1, 5, dense && 0.4), found(2, 1, dense)], 0.5, yardstick))).toEqual([1, 2]);
  });

  it('score within 0 and 1', () => {
    for (const { fused } of fuse([found(1, 500, 1), found(2, 0, -1)], 0.5, YARDSTICK)) {
      expect(fused).toBeGreaterThanOrEqual(0);
      expect(fused).toBeLessThanOrEqual(1);
    }
  });
});

describe('one leg', () => {
  it('leaves out what it knows nothing of', () => {
    const candidates = [found(1, 0, 0.5), found(2, 3), found(3, 2, 0.7)];
    expect(order(byOneLeg(candidates, 'lexical'))).toEqual([2, 3]);
    expect(order(byOneLeg(candidates, 'dense'))).toEqual([3, 1]);
    expect(order(byReciprocalRank(candidates))).toEqual([3, 2, 1]);
  });
});

describe('support', () => {
  const strong = supportOf(fuse([found(1, 15, 0.8), found(2, 2, 0.5)], 0.5, YARDSTICK), YARDSTICK);

  it.each([
    ['it is farther away', [found(1, 15, 0.6), found(2, 2, 0.5)]],
    ['it holds fewer of the words', [found(1, 5, 0.8), found(2, 2, 0.5)]],
    ['others are as near', [found(1, 15, 0.8), found(2, 2, 0.79)]],
  ])('of the best is less when %s', (_, candidates) => {
    expect(supportOf(fuse(candidates, 0.5, YARDSTICK), YARDSTICK)).toBeLessThan(strong);
  });

  it('is 0 when nothing was found, and comes from the words where there are no vectors', () => {
    expect(supportOf([], YARDSTICK)).toBe(0);
    expect(supportOf(fuse([found(1, 18)], 0.5, undefined), undefined)).toBeGreaterThan(0.5);
    expect(supportOf(fuse([found(1, 2)], 0.5, undefined), undefined)).toBeLessThan(0.5);
  });
});
