import { describe, expect, it } from '@jest/globals';
import { storableJson, storableText } from './storable.js';

describe('texts on their way to Postgres', () => {
  it.each([
    ['plain words', 'Hello', 'Hello'],
    ['emoji of several code points', '👩‍👩‍👧 🏳️‍🌈', '👩‍👩‍👧 🏳️‍🌈'],
    ['right to left', 'שלום مرحبا', 'שלום مرحبا'],
    ['a NUL', 'a\u0000b', 'ab'],
    ['half an emoji', 'a\ud83d', 'a\ufffd'],
    ['a backslash sequence that somebody typed', 'a\\u0000b', 'a\\u0000b'],
  ])('%s', (_what, text, stored) => {
    expect(storableText(text)).toBe(stored);
    expect(JSON.parse(storableJson({ deep: [{ text }] }))).toEqual({ deep: [{ text: stored }] });
  });
});
