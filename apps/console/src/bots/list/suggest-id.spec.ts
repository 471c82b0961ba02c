import { describe, expect, it } from '@jest/globals';
import { SlugSchema } from '@baton/contracts';
import { freeId, suggestId } from './suggest-id.js';

describe('the id that a name suggests', () => {
  it.each([
    ['Shop assistant', 'shop-assistant'],
    ['  Große Grüße!  ', 'grosse-grusse'],
    ['Ada & Co. (DE)', 'ada-co-de'],
    ['Ассистент', ''],
    ['x'.repeat(80), 'x'.repeat(63)],
    ['', ''],
  ])('of %j is %j', (name, id) => {
    expect(suggestId(name)).toBe(id);
    if (id !== '') expect(SlugSchema.safeParse(id).success).toBe(true);
  });

  it('has a number where it is taken', () => {
    expect(freeId('Shop', new Set(['shop', 'shop-2']))).toBe('shop-3');
    expect(freeId('Shop', new Set())).toBe('shop');
  });
});
