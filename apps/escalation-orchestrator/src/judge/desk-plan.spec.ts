import { describe, expect, it } from '@jest/globals';
import type { DeskWork } from '../floor/actions.js';
import { START, WEBSITE } from '../floor/conversation.builder.js';
import { deskPlan } from './desk-plan.js';

const OF = { handoverId: '019b8d6e-7d10-7000-8000-0000000000b1', websiteId: WEBSITE };
const CONVERSATION = { id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a11', botId: 'demo' };

const laneOf = (work: DeskWork) => deskPlan(work, CONVERSATION, 'id', START).plan.lane;

describe('work at the desk', () => {
  it('is done in the order of the conversation; only whether somebody may command is asked beside it, so that no word waits for that', () => {
    expect(laneOf({ ...OF, kind: 'set-state', state: 'resolved' })).toBe(CONVERSATION.id);
    expect(laneOf({ ...OF, kind: 'drop-segment', sessionId: 's', segment: 'hold' })).toBe(CONVERSATION.id);
    const command = { sessionId: 's', at: START, by: 'Mia', operatorId: 'mia', command: { do: 'help', unknown: null } } as const;
    expect(laneOf({ ...OF, ...command, kind: 'check-operator' })).not.toBe(CONVERSATION.id);
  });
});
