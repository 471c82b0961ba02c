import { describe, expect, it } from '@jest/globals';
import { aConversation, NOON, uuid } from '../testing/deliveries.js';
import { appendSends } from './append-sends.js';
import type { Send } from './append-sends.js';

const send = (n: number, text: string): Send => ({ clientId: uuid(n), body: { type: 'text', text }, messageId: uuid(1_000 + n), at: NOON });

describe('what the visitor wrote', () => {
  it('is appended in the order it came', () => {
    const { conversation, lines } = appendSends(aConversation({ nextSeq: 5 }), [send(1, 'first'), send(2, 'second')], new Set());
    expect(lines.map(({ seq, clientId }) => [seq, clientId])).toEqual([
      [5, uuid(1)],
      [6, uuid(2)],
    ]);
    expect(conversation.nextSeq).toBe(7);
  });

  it('is written once, however often the browser sends it', () => {
    const { conversation, lines } = appendSends(aConversation(), [send(1, 'old'), send(2, 'new'), send(2, 'new')], new Set([uuid(1)]));
    expect(lines.map((line) => line.clientId)).toEqual([uuid(2)]);
    expect(conversation.nextSeq).toBe(2);
  });

  it('carries the id of the browser, so that the other tabs know it', () => {
    const { lines } = appendSends(aConversation(), [send(1, 'Hello')], new Set());
    expect(lines[0]?.frame).toEqual({
      t: 'message',
      seq: 1,
      id: uuid(1_001),
      at: NOON.toISOString(),
      author: { kind: 'visitor' },
      body: { type: 'text', text: 'Hello' },
      clientId: uuid(1),
    });
  });
});
