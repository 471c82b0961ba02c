import { describe, expect, it } from '@jest/globals';
import { citedStretches } from './cited.js';

const PASSAGE = 'We open at **nine**. On Sundays we are closed.\n\n- Parking is free for two hours behind the house.\n';
const cited = (answer: string, by: 'extract' | 'model' | 'none') =>
  citedStretches(PASSAGE, answer, by)
    .filter(({ isCited }) => isCited)
    .map(({ text }) => text.trim());

describe('the sentences that an answer rests on', () => {
  it.each([
    ['word for word, without its Markdown', 'We open at nine.', 'extract', ['We open at **nine**.']],
    [
      'two in a row are one stretch',
      'We open at nine. On Sundays we are closed.',
      'extract',
      ['We open at **nine**. On Sundays we are closed.'],
    ],
    [
      'in other words of a model',
      'You can use free parking behind the house for two hours.',
      'model',
      ['- Parking is free for two hours behind the house.'],
    ],
    [
      'not in other words, where words are taken over as they are',
      'You can use free parking behind the house for two hours.',
      'extract',
      [],
    ],
    ['none of what is about something else', 'Please ask at the desk.', 'model', []],
    ['none where nothing was answered', 'We open at nine.', 'none', []],
  ] as const)('%s', (_what, answer, by, expected) => {
    expect(cited(answer, by)).toEqual(expected);
  });

  it('make up the passage again', () => {
    const stretches = citedStretches(PASSAGE, 'On Sundays we are closed.', 'extract');
    expect(stretches.map(({ text }) => text).join('')).toBe(PASSAGE);
  });
});
