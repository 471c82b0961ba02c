import { describe, expect, it } from '@jest/globals';
import { hashOfSecret, newHookSecret, rotated, withoutEnded } from './hook-secrets.js';

describe('the secrets of a web hook', () => {
  it.each<[string, string[], boolean, string[]]>([
    ['begin with one', [], true, ['new']],
    ['are two while rotating', ['one'], true, ['new', 'one']],
    ['are never three: one that was on its way out is gone', ['two', 'one'], true, ['new', 'two']],
    ['are one when the old one ends at once', ['two', 'one'], false, ['new']],
  ])('%s', (_, before, keepsOld, after) => {
    expect(rotated(before, 'new', keepsOld)).toEqual(after);
  });

  it.each<[string, string[], string[], string[]]>([
    ['lose the one that ended', ['two', 'one'], ['one'], ['two']],
    ['lose none that goes on', ['two', 'one'], ['three'], ['two', 'one']],
    ['keep the last one', ['one'], ['one'], ['one']],
  ])('%s', (_, before, ended, after) => {
    expect(withoutEnded(before, (secret) => ended.includes(secret))).toEqual(after);
  });

  it('are long, each another one, and known again by a hash', () => {
    const [one, other] = [newHookSecret(), newHookSecret()];
    expect(one).toMatch(/^[A-Za-z0-9_-]{32}$/);
    expect([hashOfSecret(one) === hashOfSecret(one), hashOfSecret(one) === hashOfSecret(other)]).toEqual([true, false]);
  });
});
