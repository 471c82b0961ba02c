import { describe, expect, it } from '@jest/globals';
import { canonicalUrl, isWithin } from './site.js';

describe('the one writing of an address', () => {
  it.each([
    ['HTTPS://Shop.Example:443/a/../b?x=1#part', 'https://shop.example/b?x=1'],
    ['https://shop.example?utm_source=a&gclid=b&page=2', 'https://shop.example/?page=2'],
    [' https://shop.example/ä ', 'https://shop.example/%C3%A4'],
    ['/relative', undefined],
    ['mailto:a@b.example', undefined],
    [`https://shop.example/${'a'.repeat(3_000)}`, undefined],
  ])('%j is %j', (address, expected) => {
    expect(canonicalUrl(address)).toBe(expected);
  });

  it('may be meant from a page', () => {
    expect(canonicalUrl('../a', 'https://shop.example/help/b')).toBe('https://shop.example/a');
  });
});

describe('a site', () => {
  const site = { hosts: ['www.shop.example'], pathPrefixes: ['/help/', '/faq'] };

  it.each([
    ['https://www.shop.example/help/a', true],
    ['http://shop.example/faq', true],
    ['https://shop.example/', false],
    ['https://shop.example:8443/help/a', false],
    ['https://help.shop.example/help/a', false],
    ['https://shop.example.evil.example/help/a', false],
    ['ftp://shop.example/help/a', false],
    ['nonsense', false],
  ])('holds %s: %s', (address, expected) => {
    expect(isWithin(site, address)).toBe(expected);
  });
});
