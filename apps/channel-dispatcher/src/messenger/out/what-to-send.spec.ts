import { describe, expect, it } from '@jest/globals';
import { appendDeliveries } from '../../log/append-deliveries.js';
import type { Arrival } from '../../log/append-deliveries.js';
import { aConversation, agentSays, botSays, edited, floorIs, NOON, removed, unreadable, uuid } from '../../testing/deliveries.js';
import { whatToSend } from './what-to-send.js';

function sending(arrived: readonly Arrival[], epoch = 0) {
  const { lines } = appendDeliveries(aConversation({ epoch }), { arrived, held: [], shown: new Set(), now: NOON });
  return whatToSend({ lines, arrivals: arrived });
}

describe('of new lines a person in Messenger is sent', () => {
  it('messages, with what decides whether they may still be withdrawn; floors and gaps are not told', () => {
    const { messages } = sending([botSays(1), floorIs(2, 'agent', { epoch: 1 }), agentSays(3, { epoch: 1 }), unreadable(4)]);
    expect(messages).toMatchObject([
      { messageId: uuid(1), seq: 1, epoch: 0, withdrawable: true },
      { messageId: uuid(3), seq: 3, epoch: 1, withdrawable: false, author: { kind: 'agent', name: 'Mia' } },
    ]);
  });

  it('nothing of what was withdrawn', () => {
    expect(sending([botSays(1)], 1).messages).toEqual([]);
  });

  it('the last version of what was changed in the same breath, in its first place, and not what was taken back', () => {
    const { messages, changes, takenBack } = sending([
      agentSays(1),
      agentSays(2),
      agentSays(3),
      edited(4, uuid(1), 'better'),
      removed(5, uuid(2)),
    ]);
    expect(messages.map(({ messageId, body }) => [messageId, (body as { text: string }).text])).toEqual([
      [uuid(1), 'better'],
      [uuid(3), 'line 3'],
    ]);
    expect(changes).toEqual([]);
    expect(takenBack).toEqual([uuid(2)]);
  });

  it('one change of an earlier message, the last', () => {
    const { changes } = sending([
      edited(1, uuid(9), 'once'),
      edited(2, uuid(9), 'twice'),
      edited(3, uuid(8), 'words'),
      removed(4, uuid(8)),
    ]);
    expect(changes).toEqual([
      { messageId: uuid(9), seq: 2, body: { type: 'text', text: 'twice' } },
      { messageId: uuid(8), seq: 4, body: null },
    ]);
  });
});
