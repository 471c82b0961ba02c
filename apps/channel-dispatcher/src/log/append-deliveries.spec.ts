import { describe, expect, it } from '@jest/globals';
import { aConversation, after, agentSays, botSays, edited, floorIs, NOON, removed, unreadable, uuid } from '../testing/deliveries.js';
import { appendDeliveries, GAP_PATIENCE_MS, MAX_HELD } from './append-deliveries.js';
import type { Appended, Arrival } from './append-deliveries.js';
import type { Conversation } from './log-line.js';

interface Given {
  conversation?: Partial<Conversation>;
  held?: Arrival[];
  arrived?: Arrival[];
  shown?: string[];
  now?: Date;
}

const append = (given: Given): Appended =>
  appendDeliveries(aConversation(given.conversation), {
    arrived: given.arrived ?? [],
    held: given.held ?? [],
    shown: new Set(given.shown),
    now: given.now ?? NOON,
  });

/** What the visitor reads, line by line. */
const read = (appended: Appended): string[] =>
  appended.lines.map(({ frame }) => {
    if (frame.t === 'message') return `${frame.seq} ${frame.body.type === 'text' ? frame.body.text : frame.body.name}`;
    if (frame.t === 'mode') return `${frame.seq} floor ${frame.floor}`;
    return `${frame.seq} ${frame.t}`;
  });

const sequences = (arrivals: readonly Arrival[]): number[] => arrivals.map((arrival) => arrival.sequence);

describe('deliveries get their turn', () => {
  it.each<[string, Given, { read: string[]; next: number; hold?: number[]; released?: number[] }]>([
    ['in order', { arrived: [agentSays(1), agentSays(2)] }, { read: ['1 line 1', '2 line 2'], next: 3 }],
    ['turned round', { arrived: [agentSays(2), agentSays(1)] }, { read: ['1 line 1', '2 line 2'], next: 3 }],
    ['three times the same', { arrived: [agentSays(1), agentSays(1), agentSays(1)] }, { read: ['1 line 1'], next: 2 }],
    [
      'after the visitor wrote',
      { conversation: { nextSeq: 7, nextDeliverySequence: 3 }, arrived: [agentSays(3)] },
      { read: ['7 line 3'], next: 4 },
    ],
    [
      'one that had its turn before',
      { conversation: { nextSeq: 7, nextDeliverySequence: 3 }, arrived: [agentSays(2)] },
      { read: [], next: 3 },
    ],
    ['one too early waits', { arrived: [agentSays(1), agentSays(3)] }, { read: ['1 line 1'], next: 2, hold: [3] }],
    [
      'what waited follows what was missing',
      { conversation: { nextSeq: 2, nextDeliverySequence: 2 }, held: [agentSays(3), agentSays(5)], arrived: [agentSays(2)] },
      { read: ['2 line 2', '3 line 3'], next: 4, released: [3] },
    ],
    ['what waits already does not wait twice', { held: [agentSays(3)], arrived: [agentSays(3)] }, { read: [], next: 1 }],
    [
      'a message under a second sequence is not shown twice',
      { arrived: [agentSays(1), agentSays(2, { id: uuid(1) })] },
      { read: ['1 line 1'], next: 3 },
    ],
    ['a message that is in the log already', { arrived: [agentSays(1)], shown: [uuid(1)] }, { read: [], next: 2 }],
    ['one that nobody could read leaves its place', { arrived: [unreadable(1), agentSays(2)] }, { read: ['1 gap', '2 line 2'], next: 3 }],
    [
      'a changed floor, an edit, a removal are lines too',
      { arrived: [floorIs(1, 'agent'), agentSays(2), edited(3, uuid(2), 'better'), removed(4, uuid(2))] },
      { read: ['1 floor agent', '2 line 2', '3 edit', '4 removal'], next: 5 },
    ],
  ])('%s', (_what, given, expected) => {
    const appended = append(given);
    expect(read(appended)).toEqual(expected.read);
    expect(appended.conversation.nextDeliverySequence).toBe(expected.next);
    expect(appended.conversation.nextSeq).toBe((given.conversation?.nextSeq ?? 1) + appended.lines.length);
    expect(sequences(appended.hold)).toEqual(expected.hold ?? []);
    expect(appended.released).toEqual(expected.released ?? []);
  });

  it('remembers the floor and the agent on the screen', () => {
    expect(append({ arrived: [floorIs(1, 'agent')] }).conversation).toMatchObject({ floor: 'agent', agent: { name: 'Mia' } });
    const back = append({ conversation: { floor: 'agent', agent: { name: 'Mia' } }, arrived: [floorIs(1, 'bot')] });
    expect(back.conversation).toMatchObject({ floor: 'bot', agent: null });
  });

  it('tells which messages in the log read differently now', () => {
    const appended = append({ arrived: [edited(1, uuid(8), 'better'), removed(2, uuid(9))] });
    expect(appended.rewrites).toEqual([
      { messageId: uuid(8), body: { type: 'text', text: 'better' } },
      { messageId: uuid(9), body: null },
    ]);
  });
});

describe('a delivery that does not come', () => {
  const held = [agentSays(4), agentSays(6)];
  const conversation = { nextSeq: 2, nextDeliverySequence: 2 };

  it('is waited for', () => {
    expect(append({ conversation, held, now: after(GAP_PATIENCE_MS - 1) }).lines).toEqual([]);
  });

  it('leaves one gap in the end, and things go on', () => {
    const appended = append({ conversation, held, now: after(GAP_PATIENCE_MS) });
    expect(read(appended)).toEqual(['2 gap', '3 line 4', '4 gap', '5 line 6']);
    expect(appended.conversation).toMatchObject({
      nextDeliverySequence: 7,
      missing: [
        [2, 3],
        [5, 5],
      ],
    });
    expect(appended.released).toEqual([4, 6]);
  });

  it('keeps what came later waiting for its own gap', () => {
    const appended = append({
      conversation,
      held: [agentSays(4), agentSays(6, { arrivedAt: after(10_000) })],
      now: after(GAP_PATIENCE_MS),
    });
    expect(read(appended)).toEqual(['2 gap', '3 line 4']);
    expect(appended.conversation.nextDeliverySequence).toBe(5);
  });

  it('is shown once when it comes after all', () => {
    const late = { nextSeq: 9, nextDeliverySequence: 7, missing: [[2, 3]] as [number, number][] };
    const appended = append({ conversation: late, arrived: [agentSays(3), agentSays(3), agentSays(7)] });
    expect(read(appended)).toEqual(['9 line 3', '10 line 7']);
    expect(appended.conversation.missing).toEqual([[2, 2]]);
  });

  it('does not move the floor back when it comes after a newer epoch', () => {
    const late = { floor: 'bot' as const, epoch: 5, nextDeliverySequence: 7, missing: [[2, 3]] as [number, number][] };
    const appended = append({ conversation: late, arrived: [floorIs(3, 'agent', { epoch: 4 })] });
    expect(appended.lines).toEqual([]);
    expect(appended.conversation.floor).toBe('bot');
  });

  it('is not waited for when too many wait already', () => {
    const many = Array.from({ length: MAX_HELD + 1 }, (_, i) => agentSays(i + 3));
    expect(read(append({ conversation, arrived: many }))[0]).toBe('2 gap');
  });
});

describe('a line of an older epoch', () => {
  it.each<[string, Given, { read: string[]; superseded: number[] }]>([
    [
      'is withdrawn when it was the bot’s',
      { conversation: { epoch: 3 }, arrived: [botSays(1, { epoch: 2 })] },
      { read: [], superseded: [1] },
    ],
    [
      'is shown when a human said it',
      { conversation: { epoch: 3 }, arrived: [agentSays(1, { epoch: 2 })] },
      { read: ['1 line 1'], superseded: [] },
    ],
    [
      'is shown when it comes together with the change: the bot’s last words',
      { conversation: { epoch: 2 }, arrived: [botSays(1, { epoch: 2 }), floorIs(2, 'escalating', { epoch: 3 })] },
      { read: ['1 line 1', '2 floor escalating'], superseded: [] },
    ],
    [
      'is withdrawn when the change came while it waited',
      {
        conversation: { epoch: 3 },
        held: [botSays(2, { epoch: 2 }), floorIs(3, 'agent', { epoch: 3 })],
        arrived: [agentSays(1, { epoch: 2 })],
      },
      { read: ['1 line 1', '2 floor agent'], superseded: [2] },
    ],
  ])('%s', (_what, given, expected) => {
    const appended = append(given);
    expect(read(appended)).toEqual(expected.read);
    expect(appended.superseded).toEqual(expected.superseded.map(uuid));
  });

  it('is known by what waits, too: a held delivery raises the epoch', () => {
    expect(append({ arrived: [floorIs(5, 'agent', { epoch: 4 })] }).conversation.epoch).toBe(4);
  });
});
