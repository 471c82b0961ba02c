import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aConversation, agentSays, botSays, edited, floorIs, NOON, removed, unreadable, uuid } from '../testing/deliveries.js';
import { appendDeliveries } from './append-deliveries.js';
import type { Arrival } from './append-deliveries.js';
import { appendSends } from './append-sends.js';
import { draftOf, linesOf, straightOf } from './straight.js';
import { written } from './written-line.js';

const ID = aConversation().id;

const usual = fc.record({
  first: fc.integer({ min: 1, max: 100 }),
  nextSeq: fc.integer({ min: 1, max: 1_000 }),
  epoch: fc.integer({ min: 0, max: 3 }),
  kinds: fc.array(fc.constantFrom('agent', 'bot', 'mode' as const), { minLength: 1, maxLength: 8 }),
  rises: fc.array(fc.integer({ min: 0, max: 2 }), { minLength: 8, maxLength: 8 }),
});

describe('deliveries that come as they should', () => {
  it('are written as the whole rule would write them', () => {
    fc.assert(
      fc.property(usual, ({ first, nextSeq, epoch, kinds, rises }) => {
        const before = aConversation({ nextSeq, epoch, nextDeliverySequence: first });
        let rising = epoch;
        const arrived = kinds.map((kind, i) => {
          rising += rises[i]!;
          if (kind === 'mode') return floorIs(first + i, i % 2 ? 'agent' : 'bot', { epoch: rising });
          return (kind === 'bot' ? botSays : agentSays)(first + i, { epoch: rising, text: 'a\u0000b "quoted" 👩‍👩‍👧' });
        });
        const whole = appendDeliveries(before, { arrived, held: [], shown: new Set(), now: NOON });
        const straight = straightOf(ID, arrived)!;
        expect(linesOf(straight, nextSeq)).toEqual(whole.lines.map((line) => written(ID, line)));
        expect(straight.turn).toMatchObject({ next: whole.conversation.nextDeliverySequence, highestEpoch: whole.conversation.epoch });
        const { floor, agent } = whole.conversation;
        if (straight.floor) expect(straight.floor).toEqual({ floor, agent });
        else expect({ floor, agent }).toEqual({ floor: before.floor, agent: before.agent });
      }),
    );
  });

  it.each<[string, Arrival[]]>([
    ['nothing', []],
    ['a hole', [agentSays(1), agentSays(3)]],
    ['the wrong order', [agentSays(2), agentSays(1)]],
    ['a repetition', [agentSays(1), agentSays(1)]],
    ['the same message twice', [agentSays(1), agentSays(2, { id: uuid(1) })]],
    ['an edit', [agentSays(1), edited(2, uuid(1), 'better')]],
    ['a removal', [removed(1, uuid(1))]],
    ['one that nobody can read', [unreadable(1)]],
  ])('are not %s: that is for the whole rule', (_what, arrived) => {
    expect(straightOf(ID, arrived)).toBeUndefined();
  });
});

it('what the visitor wrote is written as the whole rule would write it', () => {
  const send = { clientId: uuid(7), messageId: uuid(8), body: { type: 'text' as const, text: 'Hello' }, at: NOON };
  const { lines } = appendSends(aConversation({ nextSeq: 12 }), [send], new Set());
  const straight = { conversationId: ID, drafts: lines.map(draftOf), turn: null };
  expect(linesOf(straight, 12)).toEqual(lines.map((line) => written(ID, line)));
});
