import { describe, expect, it } from '@jest/globals';
import { Keep } from './keep.js';
import type { Keeper } from './keep.js';

function aKeeper(): Keeper & { readonly all: Map<string, string> } {
  const all = new Map<string, string>();
  return {
    all,
    getItem: (key) => all.get(key) ?? null,
    setItem: (key, value) => void all.set(key, value),
    removeItem: (key) => void all.delete(key),
  };
}

describe('what is kept in the browser', () => {
  it('is kept under a name of ours', () => {
    const keeper = aKeeper();
    new Keep('baton:demo:', () => keeper).set('token', 't');
    expect([...keeper.all]).toEqual([['baton:demo:token', 't']]);
  });

  it('lives as long as the page where the browser lets nothing be kept', () => {
    const keep = new Keep('p:', () => {
      throw new Error('blocked');
    });
    keep.set('token', 't');
    expect(keep.get('token')).toBe('t');
    keep.set('token', undefined);
    expect(keep.get('token')).toBeUndefined();
  });

  it('is not mistaken for the old value when the storage is full', () => {
    const keeper = aKeeper();
    const keep = new Keep('p:', () => keeper);
    keep.set('seen', '1');
    keeper.setItem = () => {
      throw new Error('full');
    };
    keep.set('seen', '2');
    expect(keep.get('seen')).toBe('2');
  });
});
