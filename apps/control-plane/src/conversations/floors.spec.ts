import { describe, expect, it } from '@jest/globals';
import type { Standing } from '@baton/control-api';
import { floorsOf } from './floors.js';
import type { ToldHandover } from './told.js';

const NEVER = { acceptedAt: null, takenAt: null, connectedAt: null, endedAt: null };
const handover = (number: number, requestedAt: number, more: Partial<ToldHandover> = {}): ToldHandover => ({
  ...{ id: `h${number}`, number, requestedBy: 'bot', cause: null, category: null, reason: null, requestedAt },
  ...{ ...NEVER, outcome: null, outcomeDetail: null, agent: null, websiteId: null, sessionId: null },
  ...more,
});

describe('who had a conversation when', () => {
  it.each<[string, ToldHandover[], Standing, string]>([
    ['nobody but the bot', [], 'bot', 'bot 0-'],
    ['a human is being asked for', [handover(1, 5)], 'escalating', 'bot 0-5, escalating 5-'],
    ['it was declined', [handover(1, 5, { endedAt: 8 })], 'bot', 'bot 0-5, escalating 5-8, bot 8-'],
    ['it was declined at once, before anybody was asked', [handover(1, 5, { endedAt: 5 })], 'bot', 'bot 0-'],
    [
      'a whole handover',
      [handover(1, 5, { acceptedAt: 6, connectedAt: 9, endedAt: 20 })],
      'bot',
      'bot 0-5, escalating 5-6, waiting 6-9, agent 9-20, bot 20-',
    ],
    ['an agent took over unasked', [handover(1, 5, { acceptedAt: 5, connectedAt: 5 })], 'agent', 'bot 0-5, agent 5-'],
    [
      'one right after the other',
      [handover(2, 20, { acceptedAt: 21 }), handover(1, 5, { acceptedAt: 6, endedAt: 20 })],
      'waiting',
      'bot 0-5, escalating 5-6, waiting 6-20, escalating 20-21, waiting 21-',
    ],
    ['the row is newer than its handovers', [handover(1, 5)], 'waiting', 'bot 0-5, waiting 5-'],
  ])('is known: %s', (_, handovers, now, expected) => {
    const words = floorsOf(0, handovers, now).map(({ standing, from, to }) => `${standing} ${from}-${to ?? ''}`);
    expect(words.join(', ')).toBe(expected);
  });
});
