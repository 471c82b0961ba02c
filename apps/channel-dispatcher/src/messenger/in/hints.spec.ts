import { describe, expect, it } from '@jest/globals';
import { cameByOf, excerptOf } from './hints.js';
import { addressOf } from './what-happened.js';

describe('a message that is answered is read as', () => {
  it.each([
    ['its words, in one line', { type: 'text' as const, text: ' Order\n 1234 \u0007never came ' }, 'Order 1234 never came'],
    ['as much as may be read of it', { type: 'text' as const, text: 'x'.repeat(200) }, 'x'.repeat(200)],
    ['its beginning', { type: 'text' as const, text: 'x'.repeat(201) }, `${'x'.repeat(199)}…`],
    ['its beginning, no sign cut in two', { type: 'text' as const, text: `${'x'.repeat(198)}😀😀` }, `${'x'.repeat(198)}…`],
    ['the name of its file', { type: 'file' as const, name: 'a.png', url: 'https://x.example/a', contentType: 'image/png' }, 'a.png'],
    ['nothing when there is nothing in it', { type: 'text' as const, text: ' \n ' }, undefined],
  ])('%s', (_what, body, expected) => expect(excerptOf(body)).toBe(expected));
});

describe('by which link or ad words came', () => {
  const of = addressOf({ botId: 'shop', pageId: '44', userId: '91' });
  const word = (clientId: string, more: object = {}) => ({ of, clientId, isSign: false, ...more });

  it.each<[what: string, told: Parameters<typeof cameByOf>[0], before: string | null, cameBy: object, used: string[]]>([
    ['is what was known before, for the first of them', [word('a'), word('b')], 'spring', { a: 'spring' }, [of.id]],
    ['is their own sooner than what was known before', [word('a', { cameBy: 'ad' }), word('b')], 'spring', { a: 'ad' }, [of.id]],
    ['is what he opened just before', [word('a', { opened: { ref: 'ad', at: 11 } }), word('b')], 'spring', { a: 'ad' }, [of.id]],
    ['is not what he opened long ago, told again', [word('a', { opened: { ref: 'ad', at: 10 } })], null, {}, []],
    ['is not told with a sign', [word('a', { isSign: true })], 'spring', {}, []],
    ['is not known of most', [word('a')], null, {}, []],
  ])('%s', (_what, told, cameBefore, expected, used) => {
    const came = cameByOf(told, new Map([[of.id, { cameBy: cameBefore, lastUserActionAt: new Date(10) }]]));
    expect([Object.fromEntries(came.cameBy), came.used]).toEqual([expected, used]);
  });
});
