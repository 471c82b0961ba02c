import { describe, expect, it } from '@jest/globals';
import type { MessengerFact } from '@baton/messenger';
import { uuid } from '../../testing/deliveries.js';
import { addressOf, whatHappened, whoHears } from './what-happened.js';

const NOW = 1_767_225_600_000;
const of = addressOf({ botId: 'shop', pageId: '44', userId: '91' });

type Given = Partial<MessengerFact> & { kind: MessengerFact['kind'] };

function happened(...facts: Given[]) {
  const common = { pageId: '44', userId: '91', at: NOW - 1_000, standby: false, opensWindow: false };
  return whatHappened(
    facts.map((fact) => ({ of, fact: { ...common, ...fact } as MessengerFact })),
    NOW,
  );
}

const text = (words: string) => ({ type: 'text' as const, text: words });

describe('a batch of events adds up to', () => {
  it('words in the order in which they were said, each body with an id of its own', () => {
    const { heard, begin, progress } = happened(
      { kind: 'message', mid: 'm2', at: NOW - 10, bodies: [text('b'), text('c')], opensWindow: true },
      { kind: 'message', mid: 'm1', at: NOW - 20, bodies: [text('a')], opensWindow: true },
    );
    expect(heard.map(({ body }) => body)).toEqual([text('a'), text('b'), text('c')]);
    expect(new Set(heard.map(({ clientId }) => clientId)).size).toBe(3);
    expect(begin).toEqual([of]);
    expect(progress).toMatchObject([{ lastUserActionAt: NOW - 10 }]);
  });

  it('no act later than now, whatever a clock says', () => {
    const { heard, progress } = happened({ kind: 'message', mid: 'm', at: NOW + 60_000, bodies: [text('a')], opensWindow: true });
    expect([heard[0]!.at, progress[0]!.lastUserActionAt]).toEqual([NOW, NOW]);
  });

  it('no receipt of what is still to be sent, nor a time that no database has', () => {
    const never = Number.MAX_SAFE_INTEGER;
    const { progress, echoes } = happened(
      { kind: 'delivered', mids: [], watermark: never },
      { kind: 'seen', watermark: 999_999_999_999_999 },
      { kind: 'own-echo', mid: 'm1', metadata: `baton:${uuid(1)}:0`, at: never },
    );
    const soon = NOW + 60_000;
    expect([progress, echoes]).toMatchObject([[{ deliveredUntil: soon, seenUntil: soon }], [{ at: soon }]]);
  });

  it('the furthest of all receipts; they begin no conversation', () => {
    const { progress, begin } = happened(
      { kind: 'delivered', mids: ['a'], watermark: 5 },
      { kind: 'delivered', mids: ['b'], watermark: 3 },
      { kind: 'seen', watermark: 4 },
    );
    expect(progress).toEqual([{ of, lastUserActionAt: 0, deliveredUntil: 5, seenUntil: 4, deliveredMids: ['a', 'b'] }]);
    expect(begin).toEqual([]);
  });

  it('echoes of ours by their mark; one without it is of no use', () => {
    const { echoes } = happened(
      { kind: 'own-echo', mid: 'm1', metadata: `baton:${uuid(1)}:2` },
      { kind: 'own-echo', mid: 'm2', metadata: 'something else' },
      { kind: 'own-echo', mid: 'm3' },
    );
    expect(echoes).toEqual([{ conversationId: of.id, mark: { messageId: uuid(1), part: 2 }, mid: 'm1', at: NOW - 1_000 }]);
  });

  it('what somebody else said, and nothing of what moves nothing', () => {
    const { elsewhere, ...rest } = happened(
      { kind: 'foreign-echo', mid: 'm1', appId: '263', bodies: [text('hello')] },
      { kind: 'thread-control', act: 'pass', toUs: true },
      { kind: 'unknown', says: 'x' },
    );
    expect(elsewhere).toMatchObject([{ mid: 'm1', appId: '263', bodies: [text('hello')] }]);
    expect(rest).toMatchObject({ heard: [], echoes: [], progress: [], begin: [of] });
  });

  it('second thoughts too long for one message as several', () => {
    const { heard } = happened({ kind: 'edited', mid: 'm1', text: 'Where is my parcel? '.repeat(1_000), number: 1 });
    expect(heard.map(({ body }) => body.type === 'text' && body.text.length)).toEqual([15_999, 3_999]);
    expect(new Set(heard.map(({ clientId }) => clientId)).size).toBe(2);
  });

  it('his second thoughts as new words, once for each edit, and a reaction as a sign', () => {
    const { heard } = happened(
      { kind: 'edited', mid: 'm1', text: 'order 124', number: 1 },
      { kind: 'edited', mid: 'm1', text: 'order 125', number: 2 },
      { kind: 'reaction', mid: 'm2', action: 'react', emoji: '❤', opensWindow: true },
      { kind: 'reaction', mid: 'm2', action: 'unreact' },
    );
    expect(heard.map(({ body, isSign }) => [body, isSign])).toEqual([
      [text('order 124'), false],
      [text('order 125'), false],
      [text('❤'), true],
    ]);
    expect(heard[0]!.clientId).not.toBe(heard[1]!.clientId);
  });
});

describe('words come', () => {
  const opened = (at: number, ref?: string): Given => ({ kind: 'opened', at: NOW - at, opensWindow: true, ...(ref ? { ref } : {}) });
  const words = (at: number, more: object = {}): Given => ({
    kind: 'message',
    mid: `m${at}`,
    at: NOW - at,
    bodies: [text('a'), text('b')],
    ...more,
  });

  it.each<[what: string, facts: Given[], cameBy: (string | undefined)[], left: string | undefined]>([
    ['by the link of their own', [opened(10, 'ad'), words(9, { ref: ' spring\n' })], ['spring', undefined], undefined],
    [
      'by the link opened before them, once',
      [words(7), opened(9, 'spring'), words(8)],
      ['spring', undefined, undefined, undefined],
      undefined,
    ],
    [
      'by the last of several',
      [opened(9, 'spring'), opened(8, 'x'.repeat(300)), opened(7), words(6)],
      ['x'.repeat(255), undefined],
      undefined,
    ],
    ['by no link that is opened after them', [words(9), opened(8, 'spring')], [undefined, undefined], 'spring'],
  ])('%s', (_what, facts, cameBy, left) => {
    const { heard, progress } = happened(...facts);
    expect([heard.map((one) => one.cameBy ?? one.opened?.ref), progress[0]?.opened?.ref]).toEqual([cameBy, left]);
  });

  it('as an answer to what stands under its id: a message of ours or his own first words of that id', () => {
    const { heard } = happened(words(9), words(8, { replyTo: 'm9' }));
    expect(heard.map(({ replyTo }) => replyTo)).toEqual([undefined, undefined, { mid: 'm9', clientId: heard[0]!.clientId }, undefined]);
  });
});

describe('what he says is', () => {
  it.each([
    ['heard by the bot', { standby: false, isSign: false }, 'bot', 'told'],
    ['heard by agents', { standby: false, isSign: false }, 'agent', 'told'],
    ['only written down while another app has the thread', { standby: true, isSign: false }, 'bot', 'noted'],
    ['heard by an agent even then', { standby: true, isSign: false }, 'waiting', 'told'],
    ['nobody’s when it is a sign and the bot has the floor', { standby: false, isSign: true }, 'bot', 'nobody'],
    ['an agent’s when it is a sign to him', { standby: false, isSign: true }, 'agent', 'told'],
  ] as const)('%s', (_name, said, floor, expected) => expect(whoHears(said, floor)).toBe(expected));
});
