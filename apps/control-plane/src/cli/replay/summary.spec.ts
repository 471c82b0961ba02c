import { describe, expect, it } from '@jest/globals';
import { exitOf, REPLAY_EXIT, type ReplaySummary } from './summary.js';

const summary = (patch: Partial<ReplaySummary>): ReplaySummary => {
  const { same = 0, otherFloor = 0, otherActions = 0, unsure = 0 } = patch;
  const none = { conversations: 1, conversationsThatDiffer: 0, follow: 0, ledUp: 0, resumed: 0 };
  return { ...none, same, otherFloor, otherActions, unsure, facts: same + otherFloor + otherActions + unsure };
};

describe('a replay ends', () => {
  it.each<[string, Partial<ReplaySummary>, number, keyof typeof REPLAY_EXIT]>([
    ['well when all was judged and is the same', { same: 9 }, 0, 'same'],
    ['with a difference of the floor', { same: 9, otherFloor: 1 }, 0, 'differs'],
    ['with a difference of actions, whatever could not be judged', { same: 9, otherActions: 1, unsure: 100 }, 0, 'differs'],
    ['open when one of many could not be judged', { same: 9_999, unsure: 1 }, 0, 'trouble'],
    ['open when almost nothing could be judged', { same: 1, unsure: 9_999 }, 0, 'trouble'],
    ['well when no more were left than is allowed', { same: 9, unsure: 2 }, 2, 'same'],
    ['open when more were left than is allowed', { same: 9, unsure: 3 }, 2, 'trouble'],
    ['open when nothing could be judged, whatever is allowed', { unsure: 3 }, 100, 'trouble'],
    ['open when there was nothing', {}, 100, 'trouble'],
  ])('%s', (_, of, allowed, end) => expect(exitOf(summary(of), allowed)).toBe(REPLAY_EXIT[end]));
});
