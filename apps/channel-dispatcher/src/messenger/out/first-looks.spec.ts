import { expect, it } from '@jest/globals';
import { FirstLooks } from './first-looks.js';

const MINUTE = 60_000;

it('the first look at a doubt is remembered while it is looked at', () => {
  const looks = new FirstLooks();
  expect([0, 1_000, 9 * MINUTE, 18 * MINUTE].map((now) => looks.firstLook('a', now))).toEqual([0, 0, 0, 0]);
  expect(looks.firstLook('b', 18 * MINUTE)).toBe(18 * MINUTE);
});

it('doubts that nobody looks at any more are forgotten', () => {
  const looks = new FirstLooks();
  for (let n = 0; n < 100; n += 1) looks.firstLook(`old-${n}`, n);
  looks.firstLook('young', 9 * MINUTE);
  looks.firstLook('new', 11 * MINUTE);
  expect(looks.size).toBe(2);
  expect(looks.firstLook('old-1', 11 * MINUTE)).toBe(11 * MINUTE);
});
