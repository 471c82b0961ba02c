import { describe, expect, it } from '@jest/globals';
import { v5 } from 'uuid';
import { derivedId } from './ids.js';

describe('a derived id', () => {
  it.each([
    [['conversation', 'demo', 'webchat', 'visitor-1']],
    [['crisp', 176_000_000_012_342]],
    [['emoji 👋🏽', 'عربي', '\ud800']],
    [['']],
    [[]],
  ])('of %j is the UUIDv5 of its parts', (parts) => {
    expect(derivedId(...parts)).toBe(v5(JSON.stringify(parts), '6f3d1a52-6a0e-5c1b-9d7e-0b5a70b0a001'));
  });

  it('has the form of a UUID of version 5 for any parts', () => {
    for (let i = 0; i < 1_000; i++)
      expect(derivedId('part', i)).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/);
  });

  it('keeps the borders of its parts', () => {
    expect(derivedId('ab', 'c')).not.toBe(derivedId('a', 'bc'));
  });
});
