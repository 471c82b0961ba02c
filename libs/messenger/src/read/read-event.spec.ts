import { readFileSync } from 'node:fs';
import type { MessengerEvent, MessengerWebhook } from '@baton/contracts';
import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { MessengerFact } from './facts.js';
import { readMessengerEvent } from './read-event.js';

interface Golden {
  readonly says: string;
  readonly event: MessengerEvent;
  readonly standby?: boolean;
  readonly fact: Omit<MessengerFact, 'pageId' | 'userId'>;
}

const golden = JSON.parse(readFileSync(new URL('../../golden/events.json', import.meta.url), 'utf8')) as Golden[];

const who = { pageId: '4400110022', userId: '9100200300' };
const ownAppId = '770011';

function webhook(event: MessengerEvent, changes: Partial<MessengerWebhook> = {}): MessengerWebhook {
  return { botId: 'demo', ...who, sentAt: 1767225600123, standby: false, event, ...changes };
}

describe('an event', () => {
  it.each(golden)('$says', ({ event, standby = false, fact }) => {
    expect(readMessengerEvent(webhook(event, { standby }), ownAppId)).toEqual({ ...who, ...fact });
  });

  it('without a mid gets the same key each time it is told, and another one for another message', () => {
    const midOf = (event: MessengerEvent, sentAt: number) => {
      const fact = readMessengerEvent(webhook(event, { sentAt }), ownAppId);
      return fact.kind === 'message' ? fact.mid : undefined;
    };
    const hello = { message: { text: 'Hello' } };
    expect(midOf(hello, 1)).toBe(midOf(hello, 2));
    expect(midOf(hello, 1)).not.toBe(midOf({ message: { text: 'Hi' } }, 1));
    expect(midOf({ ...hello, timestamp: 1 }, 1)).not.toBe(midOf({ ...hello, timestamp: 2 }, 1));
  });

  it('is ours by an id too long for a number, too', () => {
    const long = '12345678901234567';
    const echo = { sender: { id: who.pageId }, message: { is_echo: true, app_id: Number(long), mid: 'm', text: 'Hi' } };
    expect(readMessengerEvent(webhook(echo), long).kind).toBe('own-echo');
  });

  it('is ours by our mark, though the token is of another app than the settings say', () => {
    const metadata = 'baton:019b8d6e-7d10-7000-8000-000000000042:0';
    const echo = { sender: { id: who.pageId }, message: { is_echo: true, app_id: '145634995501895', mid: 'm', text: 'Hi', metadata } };
    expect(readMessengerEvent(webhook(echo), ownAppId)).toMatchObject({ kind: 'own-echo', metadata });
  });

  it.each([
    ['a reaction', { reaction: { mid: 'm', action: 'react', emoji: '❤' } }],
    ['an edit', { message_edit: { mid: 'm', text: 'New', num_edit: 1 } }],
  ])('of the page itself is no word of the person: %s', (_what, said) => {
    expect(readMessengerEvent(webhook({ sender: { id: who.pageId }, ...said }), ownAppId)).toMatchObject({
      kind: 'unknown',
      opensWindow: false,
    });
  });

  it('of more characters than a message takes is several', () => {
    const text = 'Where is my parcel? '.repeat(2_000);
    const fact = readMessengerEvent(webhook({ message: { mid: 'm', text, quick_reply: { payload: 'p' } } }), ownAppId);
    const bodies = fact.kind === 'message' ? fact.bodies : [];
    const texts = bodies.map((body) => (body.type === 'text' ? body.text : ''));
    expect(texts.map(({ length }) => length)).toEqual([15_999, 15_999, 7_999]);
    expect(texts.join(' ')).toBe(text.trim());
    expect(bodies.map((body) => 'payload' in body)).toEqual([true, false, false]);
  });
});

describe('what no database takes', () => {
  const odd = 'm\u0000\ud800';

  it('is not in the ids that an event gives', () => {
    const echo = (mid: string) => webhook({ sender: { id: who.pageId }, message: { is_echo: true, app_id: odd, mid, text: 'Hi' } });
    expect(readMessengerEvent(echo(odd), ownAppId)).toMatchObject({ kind: 'foreign-echo', mid: 'm\ufffd', appId: 'm\ufffd' });
    expect(readMessengerEvent(echo('m'.repeat(513)), ownAppId)).toMatchObject({ mid: expect.stringMatching(/^none:[0-9a-f]{32}$/) });
    const receipt = webhook({ delivery: { mids: [odd, '', 7, 'm'.repeat(513), 'm_2'], watermark: 5 } });
    expect(readMessengerEvent(receipt, ownAppId)).toMatchObject({ kind: 'delivered', mids: ['m\ufffd', 'm_2'] });
  });

  it('is not in the address of a file', () => {
    const message = { mid: 'm', attachments: [{ type: 'image', payload: { url: 'https://cdn.example/a\u0000\ud800.png' } }] };
    expect(readMessengerEvent(webhook({ message }), ownAppId)).toMatchObject({ bodies: [{ url: 'https://cdn.example/a\ufffd.png' }] });
  });
});

describe('whatever comes', () => {
  const fields = golden.flatMap(({ event }) => Object.keys(event)).concat('__proto__', 'constructor');
  const inner = [...new Set(golden.flatMap(({ event }) => Object.values(event)).flatMap((said) => Object.keys(Object(said) as object)))];
  const junk = fc.jsonValue({ maxDepth: 2 });
  const odd = fc.oneof(
    junk,
    fc.dictionary(fc.constantFrom(...inner), fc.oneof(junk, fc.array(fc.dictionary(fc.constantFrom('type', 'payload', 'url'), junk)))),
  );

  it('is a fact, and what he said is never nothing', () => {
    fc.assert(
      fc.property(fc.oneof(fc.dictionary(fc.constantFrom(...fields), odd), junk), (event) => {
        const fact = readMessengerEvent(webhook(event as MessengerEvent), ownAppId);
        expect(fact).toMatchObject(who);
        if (fact.kind !== 'message') return;
        expect(fact.bodies.length).toBeGreaterThan(0);
        for (const body of fact.bodies) expect(body.type === 'text' ? body.text.trim() : body.url).not.toBe('');
      }),
      { numRuns: 100 },
    );
  });
});
