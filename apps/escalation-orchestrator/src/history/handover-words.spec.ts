import { describe, expect, it } from '@jest/globals';
import { beginningOf, endOf } from './handover-words.js';
import type { ViewHandover } from './history-view.js';

const at = new Date('2026-01-05T10:00:00Z');
const aHandover = (patch: Partial<ViewHandover> = {}): ViewHandover => ({
  id: 'h',
  number: 2,
  category: null,
  reason: null,
  cause: null,
  agentName: null,
  requestedAt: at,
  endedAt: at,
  outcome: null,
  outcomeDetail: null,
  followedUp: false,
  ...patch,
});

describe('a handover in words', () => {
  it.each([
    ['resolved', null, 'resolved'],
    ['declined', 'closed', 'the team was closed'],
    ['declined', 'nobody-for-category', 'no agent for this category was available'],
    ['declined', 'quota', "Crisp's calls of the day were used up"],
    ['declined', null, 'no agent was available'],
    ['declined', 'unheard-of', 'no agent was available'],
    ['timed-out', 'silence', 'the agent did not answer any more'],
    ['timed-out', null, 'nobody answered in time'],
    ['cancelled', 'visitor', 'the visitor went back to the assistant'],
    ['cancelled', 'bot', 'the assistant took the visitor back'],
    ['followed-up', null, 'an answer by e-mail was promised'],
    [null, null, 'over'],
  ])('ended as %s (%s)', (outcome, outcomeDetail, words) => {
    expect(endOf(aHandover({ outcome, outcomeDetail }))).toBe(`End of handover 2: ${words}`);
  });

  it('ended with a promise', () => {
    expect(endOf(aHandover({ outcome: 'declined', outcomeDetail: 'closed', followedUp: true }))).toBe(
      'End of handover 2: the team was closed; an answer by e-mail was promised',
    );
  });

  it('began for a reason', () => {
    expect(beginningOf(aHandover({ category: 'billing', agentName: 'Mia', cause: { by: 'fallbacks' } }), '10:00')).toBe(
      'Handover 2 · asked for at 10:00 · billing · The bot had no answer several times in a row · with Mia',
    );
    expect(beginningOf(aHandover(), '10:00')).toBe('Handover 2 · asked for at 10:00');
  });
});
