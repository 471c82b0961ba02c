import { describe, expect, it } from '@jest/globals';
import { wholeAddress } from './whole-address.js';

describe('an address that was typed', () => {
  it.each([
    ['www.shop.example/help', 'https://www.shop.example/help'],
    [' http://shop.example ', 'http://shop.example'],
    ['shop.example:8080/a', 'https://shop.example:8080/a'],
    ['file:///etc/hosts', 'file:///etc/hosts'],
    ['', ''],
  ])('%j becomes %j', (typed, whole) => {
    expect(wholeAddress(typed)).toBe(whole);
  });
});
