import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { graphemes } from './graphemes.js';
import { splitText } from './split-text.js';

const family = '👨‍👩‍👧‍👦';

describe('a long text', () => {
  it.each([
    ['fits', 'Hello.', 10, ['Hello.']],
    ['is blank', ' \n ', 10, []],
    ['has sentences', 'One is here. Two is here. Three is here.', 30, ['One is here. Two is here.', 'Three is here.']],
    ['has a sentence in quotation marks', 'He said: “It is gone.” Then he left us.', 30, ['He said: “It is gone.”', 'Then he left us.']],
    ['has paragraphs', 'The first goes so.\nThe second. And on it goes.', 32, ['The first goes so.', 'The second. And on it goes.']],
    ['has only words', 'word word word word', 11, ['word word', 'word word']],
    ['has a number in it', 'It costs 1234.56 today and more', 15, ['It costs', '1234.56 today', 'and more']],
    ['is Arabic', 'مرحبا كيف حالك؟ أنا بخير اليوم', 20, ['مرحبا كيف حالك؟', 'أنا بخير اليوم']],
    ['is Japanese', '荷物はどこですか。明日届きますか。はい。', 12, ['荷物はどこですか。', '明日届きますか。はい。']],
    ['is one endless word', 'a'.repeat(25), 10, ['a'.repeat(10), 'a'.repeat(10), 'a'.repeat(5)]],
    ['is emoji of several parts', family.repeat(5), 25, [family.repeat(2), family.repeat(2), family]],
    [
      'is one character with too many marks',
      `e${'\u0301'.repeat(24)}`,
      10,
      [`e${'\u0301'.repeat(9)}`, '\u0301'.repeat(10), '\u0301'.repeat(5)],
    ],
  ])('that %s is cut where a reader would', (_what, text, limit, parts) => {
    expect(splitText(text, limit)).toEqual(parts);
  });

  it('is whole again when joined, but for the white space at the seams; no part is too long, blank, or half of a surrogate pair', () => {
    const piece = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 12 }),
      fc.constantFrom(family, '🇩🇪', 'é́', 'שלום. ', 'مرحبا؟ ', 'Hello. ', '\n', '  ', '한국어', '\r\n', 'ab\u0301 \u0301', '。', '”'),
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 60 }), fc.integer({ min: 2, max: 60 }), (pieces, limit) => {
        const text = pieces.join('').toWellFormed();
        const parts = splitText(text, limit);
        let rest = text;
        for (const part of parts) {
          expect(part.length).toBeLessThanOrEqual(limit);
          expect(part.trim()).not.toBe('');
          expect(part.isWellFormed()).toBe(true);
          const at = rest.indexOf(part);
          expect(rest.slice(0, at).trim()).toBe('');
          rest = rest.slice(at + part.length);
        }
        expect(rest.trim()).toBe('');
      }),
      { numRuns: 300 },
    );
  });

  it('is never cut inside a character that fits into a part', () => {
    const unit = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }), fc.constantFrom(family, '🇩🇪', '🇫🇷', ' ', '. '));
    fc.assert(
      fc.property(fc.array(unit, { maxLength: 80 }), (units) => {
        const text = units.join('');
        const whole = [...graphemes.segment(text)].map(({ segment }) => segment).filter((segment) => segment.trim() !== '');
        const inParts = splitText(text, 40).flatMap((part) => [...graphemes.segment(part)].map(({ segment }) => segment));
        fc.pre(whole.every((segment) => segment.length <= 20 && !/^\s/u.test(segment)));
        expect(inParts.filter((segment) => segment.trim() !== '')).toEqual(whole);
      }),
      { numRuns: 200 },
    );
  });
});
