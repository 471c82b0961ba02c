import { describe, expect, it } from '@jest/globals';
import { addressIn, addressOf, isAddress } from './address.js';

describe('an address to which mail could be sent', () => {
  it.each([
    'anna@example.com',
    'a.b+news@mail.example.co.uk',
    "o'neil_1@example.com",
    'anna@bücher.example',
    'анна@пример.рф',
    'anna@xn--bcher-kva.example',
    'x@y.xn--p1ai',
    `${'a'.repeat(64)}@example.com`,
  ])('is %s', (text) => {
    expect(isAddress(text)).toBe(true);
  });

  it.each([
    '',
    'anna',
    'anna@',
    '@example.com',
    'anna@example',
    'anna@example.c',
    'anna@example.1',
    'anna@@example.com',
    'a@b@example.com',
    '.anna@example.com',
    'an..na@example.com',
    'anna.@example.com',
    'anna@-example.com',
    'anna@example-.com',
    'anna@exam ple.com',
    'anna@example..com',
    'anna@127.0.0.1',
    `${'a'.repeat(65)}@example.com`,
    `a@${'b'.repeat(63)}.${'c'.repeat(63)}.${'d'.repeat(63)}.${'e'.repeat(63)}.example`,
  ])('is not %s', (text) => {
    expect(isAddress(text)).toBe(false);
  });
});

describe('in what somebody wrote', () => {
  it.each([
    ['anna@example.com', 'anna@example.com'],
    ['  anna@example.com\n', 'anna@example.com'],
    ['my mail is anna@example.com.', 'anna@example.com'],
    ['Anna Berg <anna@example.com>, please', 'anna@example.com'],
    ['mailto:anna@example.com', 'anna@example.com'],
    ['anna@example.com! Really anna@example.com', 'anna@example.com'],
    ['“anna@bücher.example”', 'anna@bücher.example'],
    ['*anna@example.com*', 'anna@example.com'],
    ['anna@example.com or tom@example.com', null],
    ['anna at example.com', null],
    ['anna@example', null],
    ['no', null],
  ])('%s: %s', (text, address) => {
    expect(addressIn(text)).toBe(address);
  });

  it('a text that is long and full of signs is read in no time', () => {
    const began = performance.now();
    expect(addressIn(`${'a.'.repeat(2_000)}@`)).toBeNull();
    expect(addressIn('@'.repeat(4_000))).toBeNull();
    expect(performance.now() - began).toBeLessThan(200);
  });
});

describe('what is known of a visitor', () => {
  it.each([
    [{ email: ' anna@example.com ' }, 'anna@example.com'],
    [{ email: 'unknown' }, null],
    [{ email: 5 }, null],
    [{}, null],
  ])('%j has the address %s', (userData, address) => {
    expect(addressOf(userData)).toBe(address);
  });
});
