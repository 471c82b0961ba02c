import type { AnswerKind, TriedAnswer } from '@baton/control-api';
import { describe, expect, it } from '@jest/globals';
import { talkOf } from './talk-of.js';

const asked = (question: string, kind?: AnswerKind) => ({
  id: 1,
  question,
  ...(kind && { answer: { kind, text: `to ${question}`, citations: [] } as unknown as TriedAnswer }),
});

describe('what was said before', () => {
  it('goes along in its order, without what was not answered', () => {
    expect(talkOf([asked('a', 'answer'), asked('b'), asked('c', 'unknown')]).talk).toEqual([
      { from: 'visitor', text: 'a' },
      { from: 'assistant', text: 'to a' },
      { from: 'visitor', text: 'c' },
      { from: 'assistant', text: 'to c' },
    ]);
  });

  it.each<[AnswerKind[], number]>([
    [[], 0],
    [['unknown', 'answer'], 0],
    [['answer', 'unknown', 'unknown'], 2],
    [['unknown', 'courtesy'], 1],
    [['unknown', 'human'], 0],
  ])('after %j so many questions stayed without an answer: %d', (kinds, misses) => {
    expect(talkOf(kinds.map((kind, n) => asked(String(n), kind))).missesBefore).toBe(misses);
  });
});
