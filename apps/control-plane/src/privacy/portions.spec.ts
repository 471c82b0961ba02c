import { describe, expect, it } from '@jest/globals';
import { asOne, eachOnce, portionsOf } from './portions.js';

const ids = (n: number) => Array.from({ length: n }, (_, nth) => `c${nth}`);

describe('what is asked of a service', () => {
  it('goes in portions, each with the numbering of its conversations', () => {
    const numbering = ids(25).map((conversationId) => ({ conversationId, deliverySequence: 1, turn: 1, epoch: 0 }));
    const portions = portionsOf({ conversationIds: ids(25), sessionIds: ids(41), numbering });
    expect(portions.map((one) => [one.conversationIds.length, one.sessionIds.length, one.numbering.length])).toEqual([
      [20, 20, 20],
      [5, 20, 5],
      [0, 1, 0],
    ]);
    expect(portionsOf({ conversationIds: [], sessionIds: [] })).toHaveLength(1);
  });

  it('comes back as one', () => {
    expect(asOne([{ talks: [1], receipts: [] }, { talks: [2, 3] }])).toEqual({ talks: [1, 2, 3], receipts: [] });
  });

  it('names each conversation in Crisp once', () => {
    const at = (sessionId: string, deleted: boolean) => ({ websiteId: 'w', sessionId, deleted });
    expect(eachOnce([at('a', true), at('b', false), at('a', false)])).toEqual([at('a', true), at('b', false)]);
  });
});
