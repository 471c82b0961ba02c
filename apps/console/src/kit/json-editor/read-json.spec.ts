import { describe, expect, it } from '@jest/globals';
import { readJson } from './read-json.js';

describe('a JSON text', () => {
  it.each([
    '{}',
    ' [1, -2.5e3, 0, true, false, null] ',
    '{"a": {"b": ["c", {"d": ""}]}}',
    '"\\u00e4\\n\\"\\\\"',
    '{"__proto__": 1}',
    '{"a/b": {"~": 1}}',
  ])('is read as JSON.parse reads it: %s', (text) => {
    expect(JSON.stringify((readJson(text) as { value: unknown }).value)).toBe(JSON.stringify(JSON.parse(text)));
  });

  it('says where everything stands', () => {
    const text = '{ "a/b": [ 1, "x" ] }';
    const read = readJson(text);
    if ('wrong' in read) throw new Error(read.wrong.message);
    const shown = (pointer: string) => text.slice(read.places.get(pointer)!.from, read.places.get(pointer)!.to);
    expect(['', '/a~1b', '/a~1b/0', '/a~1b/1'].map(shown)).toEqual([text, '[ 1, "x" ]', '1', '"x"']);
    expect(text.slice(read.names.get('/a~1b')!.from, read.names.get('/a~1b')!.to)).toBe('"a/b"');
  });

  it.each<[string, string, string, string]>([
    ['nothing', '  ', '', 'There is nothing here yet.'],
    ['a trailing comma', '{"a": 1,}', ',', 'This comma is one too many: nothing follows it.'],
    ['a missing comma', '{"a": 1 "b": 2}', '1', 'A comma is missing behind this.'],
    ['a missing comma in a list', '["a" "b"]', '"', 'A comma is missing behind this.'],
    ['a name without quotes', '{text: "a"}', 'text', 'The name of a field stands in double quotes: "text".'],
    ['a text without quotes', '{"text": hello}', 'hello', 'Text stands in double quotes: "hello".'],
    ['curly quotes', '{"text": “a”}', '“', 'Text stands in straight double quotes: "…".'],
    ['a text that does not end', '{"text": "a\n}', '"a', 'The closing double quote is missing.'],
    ['a missing colon', '{"text" "a"}', '"', 'A colon is missing behind "text".'],
    ['an object that does not end', '{\n "text": "a"', '', 'The { of line 1 is not closed.'],
    ['a list that does not end', '{\n "a": [1', '', 'The [ of line 2 is not closed.'],
    ['something behind the end', '{} x', 'x', 'Nothing may stand behind the end of the message.'],
    ['a missing value', '{"a": }', '}', 'A value is missing here.'],
    ['a wrong escape', '{"a": "\\q"}', '\\', 'A backslash is written twice: \\\\.'],
  ])('with %s is told at its place', (_what, text, marked, message) => {
    const read = readJson(text);
    if (!('wrong' in read)) throw new Error('was read');
    expect([text.slice(read.wrong.place.from, read.wrong.place.to), read.wrong.message]).toEqual([marked, message]);
    expect(() => JSON.parse(text)).toThrow();
  });

  it('notices what is said twice', () => {
    expect(readJson('{"a": 1, "b": {"a": 2}, "a": 3}')).toMatchObject({ value: { a: 3 }, repeated: ['/a'] });
  });
});
