import { describe, expect, it } from '@jest/globals';
import { liveWords, outcomeWords, verdictWords } from './verdict-words.js';

describe('what a guard says', () => {
  it.each([
    [{ rule: 'support', passed: false }, 'Enough is known', 'What was found does not support an answer well enough.'],
    [
      { rule: 'numbers', passed: false, of: 'model', detail: '1 stray' } as const,
      'Numbers, prices and times (the model’s words)',
      'Some of them stand in no cited passage. (1 stray)',
    ],
    [{ rule: 'something-new', passed: true }, 'something-new', 'Passed.'],
  ])('%j', (verdict, title, reason) => {
    expect(verdictWords(verdict)).toEqual({ title, reason });
  });
});

describe('what the assistant would have done', () => {
  it.each([
    ['answer', 'reply', false, 'exactly this'],
    ['answer', 'off', true, 'exactly this'],
    ['answer', 'note', false, 'private suggestion'],
    ['answer', 'shadow', false, 'only recorded'],
    ['answer', 'off', false, 'switched off'],
    ['human', 'reply', false, 'your agents'],
    ['courtesy', 'reply', false, 'nothing is looked up'],
  ] as const)('with %s, %s, %s', (kind, inbox, channels, words) => {
    expect(liveWords({ kind }, { inbox, channels })).toContain(words);
  });

  it('has a word for each kind', () => {
    expect(outcomeWords('human').label).toBe('Calls a human');
  });
});
