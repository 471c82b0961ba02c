import { describe, expect, it } from '@jest/globals';
import { withCount } from './title.js';

describe("the tab's title", () => {
  it('tells how much is unread, up to nine', () => {
    expect([0, 1, 9, 10].map((count) => withCount('A shop', count))).toEqual(['A shop', '(1) A shop', '(9) A shop', '(9+) A shop']);
  });
});
