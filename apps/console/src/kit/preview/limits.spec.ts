import { describe, expect, it } from '@jest/globals';
import { limitsOf } from './limits.js';

const reply = (title: string, payload = title) => ({ title, payload });
const told = (text: string, titles: readonly (string | readonly [string, string])[] = [], leftOut: string[] = []) =>
  limitsOf({ text, quickReplies: titles.map((one) => (typeof one === 'string' ? reply(one) : reply(...one))) }, leftOut).map(
    ({ channel, says }) => `${channel}: ${says}`,
  );

describe('what a channel does not show as it was written', () => {
  it('is nothing for a short text with short replies', () => {
    expect(told('Nobody is here. See https://shop.example', ['Opening hours', 'Order status'])).toEqual([]);
  });

  it('is a title that Messenger cuts', () => {
    expect(told('a', ['Where is my order now?'])).toEqual([
      'Messenger: "Where is my order now?" has more than 20 characters and is cut to "Where is my order n…".',
    ]);
  });

  it('is titles that would read the same when they are cut', () => {
    expect(told('a', ['Where is my order of today', 'Where is my order of yesterday'])).toEqual([
      'Messenger: Replies that would read the same are numbered, and listed in the text.',
    ]);
  });

  it('is a text that takes more than one message', () => {
    expect(told(`${'word '.repeat(500)}end.`)).toEqual(['Messenger: A message has at most 2,000 characters there: this one comes as 2.']);
  });

  it.each([
    ['**bold**', 'Messenger: Bold becomes plain, and a link becomes its words and its address.'],
    ['[Help](https://shop.example)', 'Messenger: Bold becomes plain, and a link becomes its words and its address.'],
    ['*leaning*', 'Messenger: Signs of formatting, such as * and `, are shown as they are.'],
    ['`code`', 'Messenger: Signs of formatting, such as * and `, are shown as they are.'],
  ])('is the look of %s', (text, limit) => {
    expect(told(text)).toEqual([limit]);
  });

  it('is what finds no room, and what a bot cannot tell apart', () => {
    expect(
      told(
        'a',
        [
          ['Yes', 'x'],
          ['No', 'x'],
        ],
        ['Continue here'],
      ),
    ).toEqual([
      'every channel: At most 13 quick replies are shown; "Continue here" is left out.',
      'every channel: Another quick reply has the payload "x", too: your bot cannot tell which was tapped ("No").',
    ]);
  });
});
