import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { aConversation, after, agentSays, uuid } from '../testing/deliveries.js';
import { appendDeliveries, GAP_PATIENCE_MS } from './append-deliveries.js';
import type { Arrival } from './append-deliveries.js';
import type { Conversation, LogLine } from './log-line.js';

/** A conversation whose deliveries come in batches, with what waits between them, as the store keeps it. */
class Ledger {
  conversation: Conversation = aConversation();
  readonly lines: LogLine[] = [];
  private held: Arrival[] = [];

  bring(arrived: Arrival[], now: Date): void {
    const shown = new Set(this.lines.map((line) => line.messageId!));
    const appended = appendDeliveries(this.conversation, { arrived, held: this.held, shown, now });
    this.held = [...this.held.filter(({ sequence }) => !appended.released.includes(sequence)), ...appended.hold];
    this.conversation = appended.conversation;
    this.lines.push(...appended.lines);
  }
}

/** 1 to n in any order, each once or several times, cut into batches, with time passing between them. */
const journeys = fc.integer({ min: 1, max: 25 }).chain((n) => {
  const all = Array.from({ length: n }, (_, i) => i + 1);
  return fc.record({
    all: fc.constant(all),
    order: fc
      .tuple(fc.shuffledSubarray(all, { minLength: n, maxLength: n }), fc.array(fc.constantFrom(...all), { maxLength: n }))
      .chain(([once, again]) => fc.shuffledSubarray([...once, ...again], { minLength: once.length + again.length })),
    cuts: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1 }),
    pauses: fc.array(fc.integer({ min: 0, max: GAP_PATIENCE_MS * 2 }), { minLength: 1 }),
  });
});

function* batches(order: number[], cuts: number[]): Generator<number[]> {
  for (let at = 0, i = 0; at < order.length; i++) {
    const size = cuts[i % cuts.length]!;
    yield order.slice(at, at + size);
    at += size;
  }
}

describe('whatever the order, repetition and delay of deliveries', () => {
  it('the log is gap-free and holds each message once, in order, when nothing is given up', () => {
    fc.assert(
      fc.property(journeys, ({ all, order, cuts }) => {
        const ledger = new Ledger();
        for (const batch of batches(order, cuts))
          ledger.bring(
            batch.map((n) => agentSays(n)),
            after(0),
          );
        expect(ledger.lines.map((line) => line.seq)).toEqual(all);
        expect(ledger.lines.map((line) => line.messageId)).toEqual(all.map(uuid));
      }),
    );
  });

  it('each message is there once although gaps were given up, and what was not late keeps its order', () => {
    fc.assert(
      fc.property(journeys, ({ all, order, cuts, pauses }) => {
        const ledger = new Ledger();
        let clock = 0;
        let i = 0;
        for (const batch of batches(order, cuts)) {
          clock += pauses[i++ % pauses.length]!;
          const now = after(clock);
          ledger.bring(
            batch.map((n) => agentSays(n, { arrivedAt: now })),
            now,
          );
        }
        ledger.bring([], after(clock + GAP_PATIENCE_MS));

        expect(ledger.lines.map((line) => line.seq)).toEqual(ledger.lines.map((_, at) => at + 1));
        const messages = ledger.lines.filter((line) => line.kind === 'message').map((line) => line.messageId);
        expect([...messages].sort()).toEqual(all.map(uuid));
        if (ledger.lines.every((line) => line.kind !== 'gap')) expect(messages).toEqual(all.map(uuid));
        expect(ledger.conversation.missing).toEqual([]);
      }),
    );
  });

  it('nothing waits for ever: after the patience everything that came is shown', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 30 }), (some) => {
        const ledger = new Ledger();
        ledger.bring(
          some.map((n) => agentSays(n)),
          after(0),
        );
        ledger.bring([], after(GAP_PATIENCE_MS));
        const messages = ledger.lines.filter((line) => line.kind === 'message').map((line) => line.messageId);
        expect(messages).toEqual([...some].sort((a, b) => a - b).map(uuid));
      }),
    );
  });
});
