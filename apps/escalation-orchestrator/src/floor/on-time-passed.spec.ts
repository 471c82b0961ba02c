import { describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import { SESSION, aFact, aPolicy, storyOn } from './conversation.builder.js';

const { en } = ourLines;

const MINUTE = 60_000;

describe('time', () => {
  it('warns the agent, comforts the visitor, and gives him back when nobody answers', () => {
    const story = storyOn.waiting();
    expect(story.later(12 * MINUTE).happens(aFact('time-passed')).asked).toEqual(['desk:post-note']);
    expect(story.shown).toEqual([en.texts.stillWaiting]);
    story.later(3 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toEqual(['mode:bot', 'desk:post-note', 'handover.timed-out', 'bot.unmuted:timed-out']);
  });
  it('does not run out on an agent who answered, nor while it is the visitor who is silent', () => {
    const story = storyOn
      .agent()
      .later(24 * 60 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.conversation.floor).toBe('agent');
  });
  it('runs out on an agent who fell silent, from the first unanswered word on', () => {
    const story = storyOn
      .agent()
      .happens(aFact('visitor-wrote'))
      .later(30 * MINUTE)
      .happens(aFact('visitor-wrote'));
    story.later(30 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toContain('handover.timed-out');
  });
  it('for taking the conversation stops when somebody opens it', () => {
    const { handover } = aPolicy();
    const policy = aPolicy({ handover: { ...handover, timers: { ...handover.timers, noAcceptSeconds: 60 } } });
    const left = storyOn.waiting(policy).later(MINUTE).happens(aFact('time-passed'));
    expect(left.asked).toContain('handover.timed-out');
    const taken = storyOn
      .waiting(policy)
      .happens(aFact('desk-taken', { sessionId: SESSION }))
      .later(MINUTE)
      .happens(aFact('time-passed'));
    expect(taken.conversation.floor).toBe('waiting');
  });
});
