import { describe, expect, it } from '@jest/globals';
import { StrictMessageSchema } from '../../bots/messages/strict-message.js';
import { checkJson } from './json-problems.js';

const told = (text: string) => {
  const checked = checkJson(text, StrictMessageSchema);
  return 'problems' in checked
    ? checked.problems.map(({ line, message, from, to }) => [line, text.slice(from, to), message])
    : checked.value;
};

describe('a message in JSON', () => {
  it('that is right is the message', () => {
    expect(told('{"text": " Hi ", "quick_replies": [{"title": "Go", "payload": "go"}]}')).toEqual({
      text: 'Hi',
      quick_replies: [{ content_type: 'text', title: 'Go', payload: 'go' }],
    });
  });

  it.each<[string, string, [number, string, string][]]>([
    ['no JSON', '{\n  "text": "a"\n  "quick_replies": []\n}', [[2, '"', 'A comma is missing behind this.']]],
    ['no text', '{\n}', [[1, '{', '"text" is missing.']]],
    ['an empty text', '{\n "text": ""\n}', [[2, '""', '"text" must not be empty.']]],
    ['a text that is a number', '{\n\n "text": 7\n}', [[3, '7', '"text" must be a text in double quotes.']]],
    ['a mistyped field', '{\n "text": "a",\n "quick_replys": []\n}', [[3, '"quick_replys"', '"quick_replys" is not known here.']]],
    [
      'a reply without a payload, and one with a field too many',
      '{"text": "a", "quick_replies": [\n {"title": "Go"},\n {"title": "Go", "payload": "go", "url": "x"}\n]}',
      [
        [2, '{', '"payload" is missing.'],
        [3, '"url"', '"url" is not known here.'],
      ],
    ],
    [
      'another kind of reply',
      '{"text": "a",\n "quick_replies": [{"content_type": "location", "title": "a", "payload": "b"}]}',
      [[2, '"location"', '"content_type" must be "text".']],
    ],
    ['a list', '[]', [[1, '[]', 'The message must be an object in { }.']]],
    ['one field twice', '{"text": "a",\n "text": "b"}', [[2, '"text"', '"text" is there twice.']]],
  ])('with %s is told at its line', (_what, text, expected) => {
    expect(told(text)).toEqual(expected);
  });

  it('with too much of something says how much there may be', () => {
    const replies = Array.from({ length: 14 }, (_, nth) => ({ title: `${nth}`, payload: `${nth}` }));
    expect(told(JSON.stringify({ text: 'a'.repeat(4_001), quick_replies: replies }))).toEqual([
      [1, JSON.stringify('a'.repeat(4_001)), '"text" is longer than 4,000 characters.'],
      [1, JSON.stringify(replies), '"quick_replies" has more than 13 entries.'],
    ]);
  });
});
