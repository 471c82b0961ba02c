import { describe, expect, it } from '@jest/globals';
import { whatToPush } from './what-to-push.js';

describe('what a socket gets when lines were written', () => {
  it.each<[string, number, number[], number[] | 'behind']>([
    ['the next line', 4, [5], [5]],
    ['several that follow', 4, [5, 6, 7], [5, 6, 7]],
    ['only those it lacks', 5, [5, 6, 7], [6, 7]],
    ['nothing it has', 7, [5, 6, 7], []],
    ['nothing when it is ahead', 9, [5, 6, 7], []],
    ['nothing that leaves a hole', 3, [5, 6], 'behind'],
    ['the first line ever', 0, [1], [1]],
    ['nothing when nothing was written', 3, [], []],
  ])('%s', (_what, sentUpTo, lines, pushed) => {
    const push = whatToPush(
      sentUpTo,
      lines.map((seq) => ({ seq })),
    );
    expect(push === 'behind' ? push : push.map(({ seq }) => seq)).toEqual(pushed);
  });
});
