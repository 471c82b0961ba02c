import { describe, expect, it } from '@jest/globals';
import { interpretQuestion, type QuestionRow, type QuestionWord } from './interpret-question.js';

const row = (words: readonly QuestionWord[], corpus: QuestionRow['corpus'] = [['english', 100, 5_000]]): QuestionRow => ({
  corpus,
  words,
  model: 1,
  embedded: true,
  fitted: null,
});

describe('a question in the words of a knowledge base', () => {
  it('is looked up by what it says, and by what it may have meant', () => {
    const { lexemes } = interpretQuestion(row([['english', 'lamp', 2, 7, 3, null], ['english', 'refnud', 5, null, 0, [[9, 'refund']]]])); // prettier-ignore
    expect([...lexemes].sort((a, b) => a.token - b.token)).toEqual([
      { lexeme: 7, token: 2, trust: 1 },
      { lexeme: 9, token: 5, trust: 0.7 },
    ]);
  });

  it('counts a word that only some languages know as a stop word of the others', () => {
    const corpus = [['english', 100, 5_000], ['simple', 20, 1_000]] as const; // prettier-ignore
    const { everywhere, chunks, meanLength } = interpretQuestion(row([['simple', 'how', 1, 4, 6, null]], corpus));
    expect([...everywhere]).toEqual([[1, 100]]);
    expect([chunks, meanLength]).toEqual([120, 50]);
  });

  it('leaves common words out where there are too many to look at, never the rarest', () => {
    const words = Array.from({ length: 12 }, (_, token): QuestionWord => ['english', `w${token}`, token, token, (12 - token) * 100, null]);
    const asked = interpretQuestion(row(words)).lexemes.map(({ token }) => token);
    expect(asked).toEqual([11, 10, 9, 8, 7, 6]);
    const common = Array.from({ length: 6 }, (_, token): QuestionWord => ['english', `w${token}`, token, token, 2_000, null]);
    expect(interpretQuestion(row(common)).lexemes).toHaveLength(4);
  });

  it('may be asked where nothing is known', () => {
    expect(interpretQuestion(row([], []))).toMatchObject({ lexemes: [], chunks: 0, meanLength: 1 });
  });
});
