import { describe, expect, it } from '@jest/globals';
import { notePlans, sayPlans } from './tasks.js';
import type { NoteTask, SayTask } from './tasks.js';

const where = { sessionId: 'session_a', websiteId: '11111111-2222-4333-8444-555555555555', botId: 'demo', workspaceId: 'acme' };
const answer: Omit<SayTask, 'part' | 'text' | 'fingerprint'> = {
  ...where,
  answerId: '019b8d6e-7d10-7000-8000-0000000000b1',
  epoch: 3,
  whole: 'One sentence. '.repeat(300),
  kind: 'answer',
  asked: [1],
  used: [],
  quotaEntryId: null,
  note: null,
  withoutHuman: false,
  askedAt: 0,
};
const note: Omit<NoteTask, 'fingerprint'> = { ...where, text: 'x'.repeat(4_000), about: 'answer:a', calls: true };
const NOW = 1_760_000_000_000;

describe('a long answer', () => {
  const plans = sayPlans(answer, NOW);
  const parts = plans.map(({ payload }) => payload as unknown as SayTask);

  it('is said in parts, in order, that give it again', () => {
    expect(parts.map(({ part }) => part)).toEqual([0, 1, 2]);
    expect(parts.map(({ text }) => text).join('')).toBe(answer.whole);
  });

  it('has a fingerprint for each part, and is never said again on a doubt', () => {
    expect(new Set(parts.map(({ fingerprint }) => fingerprint)).size).toBe(3);
    expect(plans.every(({ onDoubt, lane }) => onDoubt === 'drop' && lane === 'session_a')).toBe(true);
  });

  it('planned twice is planned once', () => {
    expect(sayPlans(answer, NOW + 5_000).map(({ id }) => id)).toEqual(plans.map(({ id }) => id));
  });
});

describe('a long note', () => {
  it('calls agents with its first part only, and gives way to what visitors are told', () => {
    const plans = notePlans(note, NOW);
    expect(plans.map(({ payload }) => (payload as unknown as NoteTask).calls)).toEqual([true, false, false]);
    expect(plans.every(({ budget }) => budget === 'low')).toBe(true);
    expect(notePlans(note, NOW + 1).map(({ id }) => id)).toEqual(plans.map(({ id }) => id));
  });
});
