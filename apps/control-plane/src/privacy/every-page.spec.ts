import type { Found } from '@baton/passes';
import { expect, it } from '@jest/globals';
import { everyPage } from './every-page.js';

const session = (nth: number): Found['sessions'][number] => ({
  ...{ websiteId: '11111111-2222-4333-8444-555555555555', sessionId: `session-${nth}`, botId: 'demo' },
  until: new Date(Date.UTC(2026, 0, 1) + nth * 1_000).toISOString(),
});

it.each([
  ['nothing', 0, [undefined]],
  ['less than a page', 2, [undefined]],
  ['more than two pages', 7, [undefined, '2', '5']],
])('%s is found whole, the newest first', async (_, count, asked) => {
  const asks: (string | undefined)[] = [];
  const all = await everyPage((after) => {
    asks.push(after);
    const from = after === undefined ? 0 : Number(after) + 1;
    const sessions = Array.from({ length: Math.min(3, count - from) }, (_, i) => session(from + i));
    const isLast = from + 3 >= count;
    return Promise.resolve({ conversations: [], sessions, ...(!isLast && { next: String(from + 2) }) });
  });
  expect(asks).toEqual(asked);
  expect(all.sessions).toEqual(Array.from({ length: count }, (_, i) => session(count - 1 - i)));
});
