import { describe, expect, it } from '@jest/globals';
import { emptyVerdict, type Happened, judgeAnswers, type Said } from './answer-ledger.js';

const burst = (from: number): Happened => ({ kind: 'burst', from, at: from + 100, sign: 'blue' });
const human = (from: number, until?: number): Happened => ({ kind: 'human', from, at: from + 500, ...(until ? { until } : {}) });
const blue = (at: number): Said => ({ at, text: 'It is blue.' });

function judged(happened: Happened[], said: Said[], untold: number[] = []): Record<string, unknown> {
  const verdict = emptyVerdict();
  judgeAnswers('Ada', happened, said, untold, verdict);
  return {
    ...verdict,
    lost: verdict.lost.length,
    twice: verdict.twice.length,
    afterHuman: verdict.afterHuman.length,
    other: verdict.other.length,
  };
}

describe('what is wrong with answers', () => {
  it('is not that nobody could hear of the question', () => {
    expect(judged([burst(1_000), burst(5_000)], [], [1_050])).toMatchObject({ neverTold: 1, lost: 1 });
  });

  it.each<[string, Happened[], Said[], object]>([
    [
      'nothing, with one answer to each burst',
      [burst(1_000), burst(5_000)],
      [blue(2_000), blue(6_000)],
      { bursts: 2, lost: 0, twice: 0, other: 0 },
    ],
    ['one that never came', [burst(1_000), burst(5_000)], [blue(6_000)], { lost: 1, twice: 0 }],
    ['two for one burst', [burst(1_000)], [blue(2_000), blue(9_000)], { twice: 1 }],
    [
      'a late second one, which falls to the next burst',
      [burst(1_000), burst(5_000)],
      [blue(2_000), blue(5_200), blue(6_000)],
      { twice: 1 },
    ],
    ['one that says something else', [burst(1_000)], [{ at: 2_000, text: 'Sorry.' }], { other: 1, lost: 0 }],
    ['nothing, when the human was first', [human(1_000, 9_000)], [], { stretches: 1, afterHuman: 0, crossed: 0 }],
    ['nothing, when the answer came before the human', [human(1_000, 9_000)], [blue(1_400)], { afterHuman: 0, crossed: 0 }],
    ['one that was on its way when the human wrote', [human(1_000, 9_000)], [blue(1_900)], { afterHuman: 0, crossed: 1 }],
    ['one after the human', [human(1_000, 9_000)], [blue(4_000)], { afterHuman: 1, crossed: 0 }],
    ['one after a human who still has the word', [human(1_000)], [blue(400_000)], { afterHuman: 1 }],
  ])('%s', (_, happened, said, due) => {
    expect(judged(happened, said)).toMatchObject(due);
  });
});
