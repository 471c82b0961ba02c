import { describe, expect, it } from '@jest/globals';
import { becameWords } from './became-words.js';

describe('what became of an answer', () => {
  it.each([
    [{ state: 'posted', counted: true }, 'the visitor has it, counted'],
    [{ state: 'posted', counted: false }, 'the visitor has it'],
    [{ state: 'dropped', why: 'human', counted: true }, 'not said: a human had the word'],
    [{ state: 'failed', why: 'crisp.gone', counted: false }, 'could not be delivered: crisp.gone'],
  ] as const)('%j', (answer, words) => {
    expect(becameWords(answer)).toBe(words);
  });
});
