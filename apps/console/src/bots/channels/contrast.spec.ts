import { describe, expect, it } from '@jest/globals';
import { textOn } from './contrast.js';

describe('text on a colour', () => {
  it.each([
    ['#2f6fed', '#ffffff'],
    ['#000000', '#ffffff'],
    ['#ffffff', '#000000'],
    ['#ffd43b', '#000000'],
    ['nonsense', '#ffffff'],
  ])('%s is %s', (colour, text) => {
    expect(textOn(colour)).toBe(text);
  });
});
