import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { CRISP_TEXT_LIMIT, splitText } from './split-text.js';

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

describe('a long text', () => {
  it('stays whole when it fits', () => {
    expect(splitText('Hello.')).toEqual(['Hello.']);
    expect(splitText('a'.repeat(CRISP_TEXT_LIMIT))).toHaveLength(1);
  });
  it('has no parts when it is blank', () => {
    expect(splitText('')).toEqual([]);
    expect(splitText(' \n ')).toEqual([]);
  });
  it('is cut behind a sentence', () => {
    expect(splitText('One is here. Two is here. Three is here.', 30)).toEqual(['One is here. Two is here. ', 'Three is here.']);
  });
  it('is cut behind a paragraph first', () => {
    expect(splitText('The first goes so.\nThe second. And on it goes.', 32)).toEqual([
      'The first goes so.\n',
      'The second. And on it goes.',
    ]);
  });
  it('is cut behind a word when the sentence is too long', () => {
    expect(splitText('word word word word', 11)).toEqual(['word word ', 'word word']);
  });
  it('keeps emoji of several parts whole', () => {
    const family = '👨‍👩‍👧‍👦';
    for (const part of splitText(family.repeat(50), 40)) expect(part.replaceAll(family, '')).toBe('');
  });
  it('is still cut when one grapheme is longer than a part, between code points', () => {
    const heap = `e${'\u0301'.repeat(100)}`;
    const parts = splitText(heap, 30);
    expect(parts.join('')).toBe(heap);
    expect(Math.max(...parts.map((part) => part.length))).toBe(30);
  });

  it('joined again is what it was, no part too long, blank, or beginning inside a grapheme', () => {
    const word = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 12 }),
      fc.constantFrom('👨‍👩‍👧‍👦', '🇩🇪', 'é́', 'שלום. ', 'مرحبا ', 'Hello. ', '\n', '  ', '한국어', '\r\n', 'ab\u0301 \u0301'),
    );
    fc.assert(
      fc.property(fc.array(word, { maxLength: 60 }), fc.integer({ min: 12, max: 60 }), (pieces, limit) => {
        const text = pieces.join('');
        const parts = splitText(text, limit);
        const blankLost = text.length - parts.join('').length;
        if (blankLost === 0) expect(parts.join('')).toBe(text);
        else expect(parts.join('').replaceAll(/\s/g, '')).toBe(text.replaceAll(/\s/g, ''));
        const borders = new Set([...graphemes.segment(text)].map(({ index }) => index));
        const longest = Math.max(0, ...[...graphemes.segment(text)].map(({ segment }) => segment.length));
        let index = 0;
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe('');
          if (blankLost === 0 && longest < limit) expect(borders.has(index)).toBe(true);
          index += part.length;
        }
      }),
      { numRuns: 500 },
    );
  });
});
