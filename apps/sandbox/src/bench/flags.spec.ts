import { describe, expect, it } from '@jest/globals';
import { count, given, oneOf, positive, positives, readFlags, someOf, text, usageOf, UsageError } from './flags.js';

const FLAGS = {
  minutes: positive(10),
  rounds: count(3),
  times: positives([1, 10]),
  road: oneOf(['judge', 'full']),
  only: someOf(['ingress', 'ai']),
  limit: text('DIR'),
  write: given,
};

describe('what stands after a command', () => {
  it('is what is meant where nothing stands', () => {
    expect(readFlags([], FLAGS)).toEqual({
      ...{ minutes: 10, rounds: 3, times: [1, 10], road: 'judge', only: ['ingress', 'ai'], limit: undefined, write: false },
    });
  });

  it('is read word by word', () => {
    const words = '--minutes 0.5 --rounds=2 --times 1,1000 --road full --only ai --limit /tmp --write'.split(' ');
    expect(readFlags(words, FLAGS)).toEqual({
      ...{ minutes: 0.5, rounds: 2, times: [1, 1_000], road: 'full', only: ['ai'], limit: '/tmp', write: true },
    });
  });

  it.each([
    ['--road ful', /--road ful: it is to be one of judge, full/],
    ['--minutes x', /--minutes x: it is to be a number above 0/],
    ['--minutes 0', /a number above 0/],
    ['--minutes Infinity', /a number above 0/],
    ['--rounds 1.5', /a whole number above 0/],
    ['--times 1,x', /numbers above 0, with commas/],
    ['--only ai,dispatcher', /some of ingress, ai, with commas/],
    ['--minuets 3', /--minuets/],
    ['--minutes', /--minutes/],
    ['--write yes', /yes/],
    ['3', /3/],
  ])('%s is refused in one sentence', (words, sentence) => {
    expect(() => readFlags(words.split(' '), FLAGS)).toThrow(UsageError);
    expect(() => readFlags(words.split(' '), FLAGS)).toThrow(sentence);
  });

  it('is shown with what it may be', () => {
    expect(usageOf(FLAGS)).toBe(
      '[--minutes 10] [--rounds 3] [--times 1,10] [--road judge|full] [--only ingress,ai] [--limit DIR] [--write]',
    );
  });
});
