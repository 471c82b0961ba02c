import { describe, expect, it } from '@jest/globals';
import { searchable, textSearchConfig } from './text-search.js';

describe('the stems of a language', () => {
  it.each([
    ['en', 'english'],
    ['en-GB', 'english'],
    ['DE', 'german'],
    ['nb', 'norwegian'],
    ['zh', 'simple'],
    ['', 'simple'],
    [undefined, 'simple'],
  ])('of %s are found by %s', (language, config) => {
    expect(textSearchConfig(language)).toBe(config);
  });
});

describe('a text is made ready for the parser', () => {
  it.each([
    ['words joined by a slash are words', 'refund/return', 'refund return'],
    ['and by underscores', 'order_id', 'order id'],
    ['a number after a hyphen is not negative', 'covid-19', 'covid 19'],
    ['a hyphen between words stays', 'e-mail', 'e-mail'],
    ['wide letters are letters', 'ＡＢＣ', 'ABC'],
    ['signs without spaces come in pairs', '返品無料', ' 返品 品無 無料 '],
    ['what Postgres cannot hold is left out', 'a\0b', 'a b'],
  ])('%s', (_, text, ready) => {
    expect(searchable(text)).toBe(ready);
  });
});
