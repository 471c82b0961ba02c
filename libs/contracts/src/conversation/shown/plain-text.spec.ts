import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { plainText } from './plain-text.js';

describe('a text with marks, without them', () => {
  it.each([
    ['See [our help](https://shop.example/help).', 'See our help (https://shop.example/help).'],
    ['[https://shop.example](https://shop.example)', 'https://shop.example'],
    ['[**Help**](https://shop.example/help)', 'Help (https://shop.example/help)'],
    ['It is **on its way** and __safe__.', 'It is on its way and safe.'],
    ['**[Help](https://shop.example)**', 'Help (https://shop.example)'],
    ['Write `**bold**` or [`code`](https://x.example)', 'Write `**bold**` or `code` (https://x.example)'],
    ['- one\n- two\n\n*three* and _four_', '- one\n- two\n\n*three* and _four_'],
    ['2 ** 3 ** 4, my__own__name and ** alone', '2 ** 3 ** 4, my__own__name and ** alone'],
    ['[run](javascript:alert(1)) [a](b)', '[run](javascript:alert(1)) [a](b)'],
    ['```\n**x**\n```', '```\n**x**\n```'],
  ])('%j reads %j', (given, expected) => {
    expect(plainText(given)).toBe(expected);
  });

  it('is what it was when there are no marks in it', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'grapheme' }).filter((text) => !/[`[\]*_]/u.test(text)),
        (text) => plainText(text) === text,
      ),
    );
  });

  it('is found quickly in any heap of marks', () => {
    const started = performance.now();
    for (const mark of ['**', '__', '[', '`', '**a ', '[a](', '```', '__a ']) plainText(mark.repeat(16_000 / mark.length));
    expect(performance.now() - started).toBeLessThan(2_000);
  });
});
