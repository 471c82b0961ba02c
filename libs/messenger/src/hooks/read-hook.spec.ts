import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { decodeEvent, encodeEvent, messengerWebhooks } from '@baton/contracts';
import { messengerEventId } from './event-id.js';
import { readMessengerHook } from './read-hook.js';
import type { MessengerHook } from './read-hook.js';
import { aBody, anElement, anEntry, aReading, asMetaWrites, AT, PAGE, PERSON, SENT } from './testkit.js';

const RECEIVED = SENT + 50;

function read(body: Buffer): MessengerHook {
  const hook = readMessengerHook(body, RECEIVED);
  if ('problem' in hook) throw new Error(`${hook.problem.code} ${hook.problem.field}: ${hook.problem.message}`);
  return hook;
}

const readOne = (element: unknown) => read(aBody([anEntry([element])]));

describe('a web hook of Messenger', () => {
  it('is taken apart into what was said of each person, in order, over all its entries', () => {
    const said = (mid: string, o: Record<string, unknown> = {}) => ({ ...anElement({ message: { mid, text: 'x' } }), ...o });
    const other = { sender: { id: '7' }, recipient: { id: '5500' } };
    const { webhooks, ignored } = read(
      aBody([
        anEntry([said('m_1'), said('m_2', { sender: { id: '8' } })]),
        anEntry([said('m_3', other)], { id: '5500', time: SENT + 1 }),
        anEntry([said('m_4')]),
      ]),
    );
    expect(ignored).toBe(0);
    expect(
      webhooks.map(({ pageId, userId, sentAt, event }) => [pageId, userId, sentAt, (event['message'] as { mid: string }).mid]),
    ).toEqual([
      [PAGE, PERSON, SENT, 'm_1'],
      [PAGE, '8', SENT, 'm_2'],
      ['5500', '7', SENT + 1, 'm_3'],
      [PAGE, PERSON, SENT, 'm_4'],
    ]);
  });

  it('keeps all that Meta said, known or not', () => {
    const element = anElement({ message: { mid: 'm_1', text: 'Hello', nlp: { traits: {} } }, new_thing: [1, null] });
    expect(readOne(element).webhooks).toEqual([aReading(element)]);
  });

  it('is about the person on the other side of the page: in an echo he is the recipient', () => {
    const echo = anElement({
      sender: { id: PAGE },
      recipient: { id: PERSON },
      message: { is_echo: true, app_id: 1, mid: 'm_1', text: 'x' },
    });
    expect(readOne(echo).webhooks).toMatchObject([{ pageId: PAGE, userId: PERSON }]);
  });

  it('may have things to look at only: another app has the thread', () => {
    const { webhooks } = read(aBody([{ id: PAGE, time: SENT, standby: [anElement()] }]));
    expect(webhooks).toEqual([{ ...aReading(), standby: true }]);
  });

  it.each(['Grüß dich 👋', '\u202eشكرا جزيلا', '<script>alert(1)</script> 50% a@b.c', '👩🏽‍🚀 \u0000 \ud83d'])(
    'brings words as they were written, through Meta’s escapes: %j',
    (text) => {
      const body = aBody([anEntry([anElement({ message: { mid: 'm_1', text } })])]);
      expect(body.toString()).toMatch(/^[\x20-\x7e]*$/);
      expect(read(body).webhooks[0]!.event['message']).toEqual({ mid: 'm_1', text });
    },
  );

  it('may lack times, or write them as text: what was said counts', () => {
    const timesOf = (element: unknown, time: unknown) => {
      const { sentAt, event } = read(aBody([anEntry([element], { time })])).webhooks[0]!;
      return [sentAt, event.timestamp];
    };
    expect(timesOf(anElement(), SENT)).toEqual([SENT, AT]);
    expect(timesOf({ ...anElement(), timestamp: String(AT) }, String(SENT))).toEqual([SENT, AT]);
    expect(timesOf({ ...anElement(), timestamp: undefined }, undefined)).toEqual([RECEIVED, undefined]);
    for (const wrong of [-1, 1.5, 'today', null, {}, 1e300]) {
      expect(timesOf({ ...anElement(), timestamp: wrong }, wrong)).toEqual([RECEIVED, undefined]);
    }
  });
});

describe('what is left out of a web hook, and counted', () => {
  const element = anElement();
  it.each<[string, unknown, string, string]>([
    ['a plug-in’s visitor, who has no id yet', { ...element, sender: { user_ref: 'r' } }, 'no-user', '{sender:{user_ref:string}'],
    [
      'a notice to the page alone',
      { recipient: { id: PAGE }, policy_enforcement: { action: 'block' } },
      'no-user',
      '{recipient:{id:string}',
    ],
    ['nobody at all', { message: { mid: 'm_1', text: 'secret words' } }, 'no-user', '{message:{mid:string,text:string}}'],
    ['a page that talks to itself', { ...element, sender: { id: PAGE } }, 'no-user', '{sender:'],
    ['a path for a person', { ...element, sender: { id: '../../etc' } }, 'no-user', '{sender:'],
    ['another page than its entry', { ...element, recipient: { id: '5500' } }, 'other-page', '{sender:'],
    ['a number for a person', { ...element, sender: { id: 9100200300 } }, 'malformed', '{sender:{id:number}'],
    ['a person of endless length', { ...element, sender: { id: '9'.repeat(5_000) } }, 'malformed', '{sender:'],
    ['a text', 'hello', 'malformed', 'string'],
    ['nothing', null, 'malformed', 'null'],
    ['a list', [element], 'malformed', '[1]'],
    ['thirty-three boxes in each other', { ...element, x: JSON.parse(`${'['.repeat(33)}${']'.repeat(33)}`) as unknown }, 'malformed', '{'],
    ['more than a record carries', { ...element, x: 'x'.repeat(512 * 1_024) }, 'too-large', '{sender:'],
    ['names that are no names', { 'a\n"b': 1, ['x'.repeat(500)]: 2 }, 'no-user', '{?:number,?:number}'],
    ['a hundred names', Object.fromEntries([...Array(100).keys()].map((n) => [`n${n}`, 1])), 'no-user', '{?:number'],
  ])('%s', (_, broken, reason, shape) => {
    const { webhooks, ignored, leftOut } = read(aBody([anEntry([element, broken, element])]));
    expect(webhooks).toEqual([aReading(), aReading()]);
    expect(ignored).toBe(1);
    expect(leftOut).toEqual([{ reason, count: 1, shape: expect.stringContaining(shape) }]);
    expect(leftOut[0]!.shape.length).toBeLessThan(500);
    expect(leftOut[0]!.shape).not.toMatch(/secret words|etc|hello/);
  });

  it.each<[string, unknown, string, number]>([
    ['other news of the page', { id: PAGE, time: 1, changes: [{ field: 'feed', value: {} }] }, 'not-messenger', 1],
    ['elements without a page', { time: SENT, messaging: [element, element] }, 'no-page', 2],
    ['a path for a page', anEntry([element], { id: '../x' }), 'no-page', 1],
    ['something else than a list', { id: PAGE, messaging: { 0: element } }, 'malformed', 1],
    ['no entry', 7, 'malformed', 1],
  ])('an entry with %s', (_, entry, reason, count) => {
    const { webhooks, ignored, leftOut } = read(aBody([anEntry([element]), entry]));
    expect([webhooks.length, ignored, leftOut.map((left) => [left.reason, left.count])]).toEqual([1, count, [[reason, count]]]);
  });

  it('whatever is not about pages', () => {
    expect(read(aBody([anEntry([element])], 'instagram'))).toMatchObject({
      webhooks: [],
      ignored: 1,
      leftOut: [{ reason: 'not-of-pages' }],
    });
  });

  it('is told once for each reason', () => {
    const { ignored, leftOut } = read(aBody([anEntry([1, 'two', { sender: {} }])]));
    expect([ignored, leftOut.map(({ reason, count }) => [reason, count])]).toEqual([
      3,
      [
        ['malformed', 2],
        ['no-user', 1],
      ],
    ]);
  });
});

describe('a body that is no web hook', () => {
  it.each<[string, Buffer | string, string, string | undefined]>([
    ['nothing', '', 'hook.not-json', undefined],
    ['half a body', '{"object":"page","entry":[', 'hook.not-json', undefined],
    ['another encoding', Buffer.from('{"object":"pagé"}', 'latin1'), 'hook.not-json', undefined],
    ['a list', '[]', 'hook.invalid', '(whole)'],
    ['null', 'null', 'hook.invalid', '(whole)'],
    ['no object', '{"entry":[]}', 'hook.invalid', 'object'],
    ['no entries', '{"object":"page"}', 'hook.invalid', 'entry'],
    ['entries that are no list', '{"object":"page","entry":{}}', 'hook.invalid', 'entry'],
    ['more elements than Meta sends', asMetaWrites({ object: 'page', entry: [anEntry(Array(2_001).fill(0))] }), 'hook.too-many', 'entry'],
    [
      'more entries than Meta sends',
      asMetaWrites({ object: 'page', entry: Array(2_001).fill({ messaging: [] }) }),
      'hook.too-many',
      'entry',
    ],
  ])('%s', (_, body, code, field) => {
    expect(readMessengerHook(Buffer.from(body), RECEIVED)).toEqual({
      problem: { code, message: expect.any(String), ...(field !== undefined && { field }) },
    });
  });
});

describe('any web hook', () => {
  const word = fc.string({ unit: 'binary', maxLength: 40 });
  const good = fc.record({ mid: fc.stringMatching(/^m_[a-z0-9]{1,20}$/), text: word }).map((message) => anElement({ message }));
  const junk = fc.oneof(
    fc.jsonValue({ maxDepth: 3 }),
    fc.record({ sender: fc.jsonValue(), recipient: fc.jsonValue(), timestamp: fc.jsonValue() }),
  );

  it('gives all that is good in it, in order, whatever stands between', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(
            good.map((element) => ({ element, good: true })),
            junk.map((element) => ({ element, good: false })),
          ),
          { maxLength: 20 },
        ),
        (mixed) => {
          const { webhooks, ignored } = read(aBody([anEntry(mixed.map(({ element }) => element))]));
          expect(webhooks.map(({ event }) => event)).toEqual(mixed.filter(({ good }) => good).map(({ element }) => element));
          expect(ignored).toBe(mixed.filter(({ good }) => !good).length);
        },
      ),
    );
  });

  it('fits into records that their readers understand, with the same id', () => {
    fc.assert(
      fc.property(good, fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 })), (element, beside) => {
        const [webhook] = readOne({ ...beside, ...element }).webhooks;
        const id = messengerEventId(webhook!);
        const record = encodeEvent(
          messengerWebhooks,
          'messenger.webhook',
          { botId: 'demo', ...webhook! },
          { id, source: 'urn:baton:test', time: new Date(0) },
        );
        const { data, key } = decodeEvent(messengerWebhooks, record);
        expect([data.event, key, messengerEventId(data)]).toEqual([webhook!.event, `${PAGE}:${PERSON}`, id]);
      }),
    );
  });

  it('never breaks its reader', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.uint8Array(),
          fc.json().map((json) => Buffer.from(json)),
          fc.jsonValue().map((entry) => aBody([entry])),
        ),
        (bytes) => {
          expect(() => readMessengerHook(Buffer.from(bytes), RECEIVED)).not.toThrow();
        },
      ),
    );
  });
});
