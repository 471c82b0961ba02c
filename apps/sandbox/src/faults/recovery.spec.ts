import { describe, expect, it } from '@jest/globals';
import { Arrivals, inWords, type Passage, recoveryOf, secondsToRecover, slowest, usualMs } from './recovery.js';

const OUTAGE = { from: 10_000, until: 20_000 };
const word = (saidAt: number, arrivedAt?: number): Passage => ({ saidAt, ...(arrivedAt === undefined ? {} : { arrivedAt }) });

describe('the usual time of a word', () => {
  it('is that of the slowest which arrived before anything broke', () => {
    expect(usualMs([word(0, 3_000), word(5_000, 5_100), word(9_000, 30_000)], [OUTAGE], 2_000)).toBe(3_000);
  });

  it('is never less than the floor', () => {
    expect(usualMs([word(0, 10)], [OUTAGE], 2_000)).toBe(2_000);
    expect(usualMs([], [OUTAGE], 2_000)).toBe(2_000);
  });
});

describe('seconds to recover', () => {
  it.each<[string, Passage[], number]>([
    ['none when all words took their usual time', [word(9_000, 10_500), word(20_500, 22_000)], 0],
    ['none when what was late had arrived before the end', [word(11_000, 19_000)], 0],
    ['until the last word of the outage had arrived', [word(11_000, 24_000), word(12_000, 26_500)], 6.5],
    ['until new words take their usual time again', [word(11_000, 21_000), word(24_000, 27_000), word(30_000, 31_000)], 7],
    ['for ever when a word never arrived', [word(11_000)], Infinity],
    ['not of what was late before anything broke', [word(1_000, 9_000)], 0],
  ])('%s', (_, words, seconds) => {
    expect(secondsToRecover(words, [OUTAGE], 2_000)).toEqual([seconds]);
  });

  it('of two outages counts each word to those that it was late for', () => {
    const second = { from: 40_000, until: 41_000 };
    expect(secondsToRecover([word(12_000, 25_000), word(40_500, 44_000)], [OUTAGE, second], 2_000)).toEqual([5, 3]);
    expect(secondsToRecover([word(40_500)], [OUTAGE, second], 2_000)).toEqual([0, Infinity]);
  });
});

describe('what is collected of a run', () => {
  it('keeps the first arrival of a word, leaves out what was told late, and knows what never arrived', () => {
    const arrivals = new Arrivals();
    for (const one of ['a', 'b', 'c']) arrivals.wasSaid('visitors', one, 1_000);
    arrivals.wasSaid('agents', 'd', 1_000);
    arrivals.hasArrived('a', 3_000);
    arrivals.hasArrived('a', 2_000);
    arrivals.hasArrived('b', 9_000);
    arrivals.excuse('b');
    expect(arrivals.passages('visitors')).toEqual([{ saidAt: 1_000, arrivedAt: 2_000 }, { saidAt: 1_000 }]);
  });
});

describe('how soon words took their usual time again', () => {
  const of = (...words: Passage[]) => recoveryOf('visitors', words, [OUTAGE], 2_000);

  it.each<[string, Passage[], string, number]>([
    ['in no more than the usual time where nothing was late: sooner cannot be told', [word(9_000, 10_500)], '< 2 s', 0],
    ['in seconds', [word(11_000, 24_000)], '4.0 s', 4],
    ['never', [word(11_000)], 'never', Infinity],
  ])('is told %s', (_, words, told, seconds) => {
    expect([inWords([of(...words)]), slowest([of(...words)])]).toEqual([told, seconds]);
  });

  it('is told of each sort of words, and the slowest counts', () => {
    const both = [of(word(11_000, 21_500)), recoveryOf('agents', [word(11_000, 26_000)], [OUTAGE], 7_000)];
    expect([inWords(both), slowest(both)]).toEqual(['1.5 s / 6.0 s', 6]);
  });
});
