import { describe, expect, it } from '@jest/globals';
import { askedOf } from '../intent/asked.js';
import { aTalk } from '../testing/builders.js';
import { questionsIn } from './questions.js';

describe('what is asked at once', () => {
  it.each<[string, string[], string[]]>([
    ['two questions', ['How long is a gift card valid?', 'What is the outlet?'], ['How long is a gift card valid?', 'What is the outlet?']],
    ['two in one line', ['Do you ship to Norway? How can I pay?'], ['Do you ship to Norway?', 'How can I pay?']],
    [
      'courtesies are none',
      ['Hello?', 'Can you help me?', 'Do you ship to Norway?', 'Thanks!'],
      ['Hello?\nCan you help me?\nDo you ship to Norway?\nThanks!'],
    ],
    [
      'a follow-up is none',
      ['Do you ship to Norway?', 'And how much does it cost?'],
      ['Do you ship to Norway?\nAnd how much does it cost?'],
    ],
    ['one with much of its own', ['How can I pay?', 'Which plant suits a bathroom?'], ['How can I pay?', 'Which plant suits a bathroom?']],
    [
      'statements belong to the question behind them',
      ['Do you ship to Norway?', 'My tent arrived broken.', 'What now?', 'I want to go on holiday.'],
      ['Do you ship to Norway?', 'My tent arrived broken. What now? I want to go on holiday.'],
    ],
    ['one without a mark is certain in nothing', ['do you ship to norway', 'how can i pay'], ['do you ship to norway\nhow can i pay']],
    [
      'three at most',
      ['Where is my parcel?', 'Do you ship to Norway?', 'How can I pay?', 'What is the outlet?'],
      ['Where is my parcel? Do you ship to Norway?', 'How can I pay?', 'What is the outlet?'],
    ],
  ])('%s', (_, lines, questions) => {
    const asked = askedOf(aTalk(...lines.map((line) => `v: ${line}`)))!;
    expect(questionsIn(asked, 'en').map(({ text }) => text)).toEqual(questions);
  });

  it('a later question has the ones before it in mind', () => {
    const asked = askedOf(aTalk('v: hi', 'Hello!', 'v: Do you ship to Norway?', 'v: What is the price?'))!;
    expect(questionsIn(asked, 'en')[1]?.before.map(({ text }) => text)).toEqual(['hi', 'Hello!', 'Do you ship to Norway?']);
  });
});
