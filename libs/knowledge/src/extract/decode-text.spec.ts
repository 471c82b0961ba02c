import { describe, expect, it } from '@jest/globals';
import { cleanText, decodeText, looksBinary } from './decode-text.js';

describe('bytes as text', () => {
  const text = 'Größe: 5 €, naïve';
  const utf16 = Buffer.from(text, 'utf16le');

  it.each<[string, Uint8Array, string]>([
    ['UTF-8', Buffer.from(text), text],
    ['UTF-8 with its mark', Buffer.from(`\ufeff${text}`), text],
    ['UTF-16 with its mark', Buffer.concat([Buffer.from([0xff, 0xfe]), utf16]), text],
    ['UTF-16 the other way round', Buffer.concat([Buffer.from([0xfe, 0xff]), Buffer.from(utf16).swap16()]), text],
    ['UTF-16 without a mark', utf16, text],
    ['Latin 1', Buffer.from('Größe: 5, naïve', 'latin1'), 'Größe: 5, naïve'],
    ['Windows', Buffer.from([0x35, 0x20, 0x80]), '5 €'],
  ])('are read as %s', (_name, bytes, expected) => {
    expect(decodeText(bytes)).toBe(expected);
    expect(looksBinary(bytes)).toBe(false);
  });

  it('are read as they are said to be where they are no UTF-8', () => {
    expect(decodeText(Buffer.from([0x8a, 0xbf]), 'shift_jis')).toBe('漢');
    expect(decodeText(Buffer.from([0xe9]), 'no-such-thing')).toBe('é');
  });

  it('may be no text', () => {
    expect(looksBinary(Buffer.from([0x89, 0x50, 0x4e, 0x47, 0, 0, 0, 13, 1, 2, 3]))).toBe(true);
  });
});

it('a text is free of what nobody sees and databases refuse', () => {
  expect(cleanText('a\r\nb\u2028c\u0000\u00ad\ufeff d\ud800')).toBe('a\nb\nc d\ufffd');
});

it('a text of endless white space is made short', () => {
  expect(cleanText(`a${' '.repeat(100_000)}b${'\n '.repeat(100_000)}c`)).toBe('a b\n\nc');
});
