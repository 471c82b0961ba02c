import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { estimateWait, shownMinutes } from './estimate.js';
import type { Wait } from './estimate.js';

const MINUTE = 60_000;
const answered = (...minutes: number[]): Wait[] => minutes.map((one) => ({ ms: one * MINUTE, answered: true }));
const unanswered = (...minutes: number[]): Wait[] => minutes.map((one) => ({ ms: one * MINUTE, answered: false }));

describe('how long one waits for a human', () => {
  it.each<[string, Wait[], number | null]>([
    ['is not known where nobody waited', [], null],
    ['is not known from seven', answered(1, 2, 2, 3, 3, 4, 5), null],
    ['is what four of five of eight had', answered(1, 2, 2, 3, 3, 4, 5, 6), 5],
    ['is what four of five of ten had', answered(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), 8],
    ['is the same for all who had the same', answered(3, 3, 3, 3, 3, 3, 3, 3), 3],
    ['does not hang on the order', answered(8, 1, 3, 6, 2, 5, 4, 7), 7],
    ['is longer when others gave up first', [...answered(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ...unanswered(5, 5)], 9],
    ['hardly hangs on those who left at once', [...answered(1, 2, 3, 4, 5, 6, 7, 8, 9, 10), ...unanswered(0.1, 0.1, 0.1)], 8],
    ['is not known where more than a fifth were given back', [...answered(1, 1, 2, 2, 3, 3, 4, 4, 5), ...unanswered(15, 15, 15)], null],
    ['is not known where nobody was ever answered', unanswered(15, 15, 15, 15, 15, 15, 15, 15, 15), null],
    ['does not count the seven answered among many unanswered', [...answered(1, 1, 1, 1, 1, 1, 1), ...unanswered(1, 1, 1)], null],
    ['misleads where the slow ones waited far longer', answered(1, 1, 1, 1, 1, 1, 5, 5, 5, 5), null],
    ['may have a slow quarter of four times the half', answered(1, 1, 1, 1, 1, 1, 4, 4, 4, 4), 4],
    ['misleads where half were answered at once and others not', answered(0, 0, 0, 0, 0, 2, 2, 2), null],
  ])('%s', (_, waits, minutes) => {
    expect(estimateWait(waits)?.ms ?? null).toBe(minutes === null ? null : minutes * MINUTE);
  });

  it('says how many say so, and how sure it is that most were answered by then', () => {
    const few = estimateWait(answered(1, 2, 3, 4, 5, 6, 7, 8))!;
    const many = estimateWait(answered(...Array.from({ length: 200 }, (_, n) => 1 + n / 40)))!;
    expect(few).toMatchObject({ of: 8 });
    expect(few.confidence).toBeGreaterThan(0.9);
    expect(few.confidence).toBeLessThan(many.confidence);
    expect(many.of).toBe(200);
    expect(many.confidence).toBeCloseTo(1, 5);
  });

  it('is never shorter for those who gave up: they lengthen it, or make it unknown', () => {
    const wait = fc.integer({ min: 0, max: 900_000 });
    fc.assert(
      fc.property(fc.array(wait, { maxLength: 60 }), fc.array(wait, { maxLength: 30 }), (ms, left) => {
        const waits = ms.map((one): Wait => ({ ms: one, answered: true }));
        const all = estimateWait([...waits, ...left.map((one): Wait => ({ ms: one, answered: false }))]);
        const alone = estimateWait(waits);
        if (all && alone) expect(all.ms).toBeGreaterThanOrEqual(alone.ms);
        if (all) expect(ms).toContain(all.ms);
      }),
    );
  });
});

describe('the minutes a visitor is told', () => {
  it.each([
    [0, 2],
    [1, 2],
    [119_000, 2],
    [2 * MINUTE + 1, 3],
    [10 * MINUTE, 10],
    [10 * MINUTE + 1, 15],
    [21 * MINUTE, 25],
    [30 * MINUTE, 30],
    [31 * MINUTE, 40],
    [119 * MINUTE, 120],
    [121 * MINUTE, 150],
  ])('of %i ms are %i', (ms, minutes) => {
    expect(shownMinutes(ms)).toBe(minutes);
  });
});
