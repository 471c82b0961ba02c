import { expect, it } from '@jest/globals';
import { searchOf } from './query.js';

it.each([
  [undefined, undefined],
  ['', undefined],
  ['5C3F1C1E-3C7E-5B6A-8F39-2F3F7C1B9A11', { by: 'id', id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a11' }],
  ['session_aaaaaaaa-bbbb', { by: 'session', sessionId: 'session_aaaaaaaa-bbbb' }],
  ['ada@park.example', { by: 'person', like: '%ada@park.example%' }],
  ['100%_\\', { by: 'person', like: '%100\\%\\_\\\\%' }],
])('who types %j looks for %j', (q, expected) => {
  expect(searchOf(q)).toEqual(expected);
});
