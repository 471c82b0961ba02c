import { describe, expect, it } from '@jest/globals';
import { storable, toJson } from './storable.js';

describe('what Postgres takes as JSON', () => {
  it.each([
    ['plain words, emoji 😀 and Ünïcödé', 'plain words, emoji 😀 and Ünïcödé'],
    ['a \u0000 NUL', 'a \ufffd NUL'],
    ['half \ud83d of a pair', 'half \ufffd of a pair'],
    ['\ude00', '\ufffd'],
    ['a backslash before u: \\u0000', 'a backslash before u: \\u0000'],
    ['two and a NUL: \\\\\u0000', 'two and a NUL: \\\\\ufffd'],
    ['a bell \u0007 may stay', 'a bell \u0007 may stay'],
  ])('%j', (given, stored) => {
    expect(JSON.parse(toJson({ given }))).toEqual({ given: stored });
    expect(storable({ given: [given] })).toEqual({ given: [stored] });
  });

  it('is left alone when nothing is wrong with it', () => {
    const value = { text: 'fine' };
    expect(storable(value)).toBe(value);
  });
});
