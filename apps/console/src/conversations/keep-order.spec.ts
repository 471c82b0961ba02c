import { expect, it } from '@jest/globals';
import { keepOrder } from './keep-order.js';

const rows = (ids: string) => [...ids].map((id) => ({ id }));

it.each([
  ['abc', 'abc', 'abc', 0],
  ['abc', 'cab', 'abc', 1],
  ['abc', 'xabc', 'abc', 1],
  ['abc', 'xcab', 'abc', 2],
  ['abc', 'ab', 'ab', 0],
  ['', 'ab', '', 2],
])('a list that shows %j and hears of %j goes on showing %j, with %i news', (shown, fresh, expected, news) => {
  const kept = keepOrder([...shown], rows(fresh));
  expect([kept.shown.map(({ id }) => id).join(''), kept.news]).toEqual([expected, news]);
});
