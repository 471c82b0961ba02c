import { describe, expect, it } from '@jest/globals';
import { addressOfName } from './address-of.js';

describe('the address of a new workspace', () => {
  it.each([
    ['Plants & Pots', 'plants-pots'],
    ['  Größe Élan!  ', 'grosse-elan'],
    ['日本', ''],
    ['a'.repeat(60), 'a'.repeat(40)],
  ])('of %j is %j', (name, address) => {
    expect(addressOfName(name)).toBe(address);
  });
});
