import { describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import { SESSION, START, aFact, storyOn } from '../conversation.builder.js';
import type { Story } from '../conversation.builder.js';
import { MINUTE, SECOND, policyOf } from './waiting.builder.js';

const { en } = ourLines;

const { keepAlive, stillWaiting, timedOut } = en.texts;

/** Lets time pass, ring by ring as it falls due, and tells what the visitor saw when. */
function through(story: Story, ms: number): [seconds: number, text: string][] {
  const until = story.now + ms;
  const seen: [number, string][] = [];
  for (let due = next(story); due !== undefined && due <= until; due = next(story)) {
    story.now = Math.max(due, story.now);
    for (const text of story.happens(aFact('time-passed')).shown) seen.push([(story.now - START) / SECOND, text]);
  }
  story.now = until;
  return seen;
}

function next({ conversation: { timers } }: Story): number | undefined {
  return timers.length === 0 ? undefined : Math.min(...timers.map(({ dueAt }) => dueAt));
}

describe('who waits', () => {
  it('hears a word now and then, each once and each later than the one before, then that he is not forgotten, then the end', () => {
    expect(through(storyOn.waiting(), 20 * MINUTE)).toEqual([
      [120, keepAlive[0]],
      [300, keepAlive[1]],
      [570, keepAlive[2]],
      [675, stillWaiting],
      [900, timedOut],
    ]);
  });

  it('hears nothing in between where it is switched off', () => {
    const policy = policyOf({ waiting: { keepAliveSeconds: 0 } });
    expect(through(storyOn.waiting(policy), 20 * MINUTE).map(([, text]) => text)).toEqual([stillWaiting, timedOut]);
  });

  it('hears each word of his language, and of the bot', () => {
    const policy = policyOf({ texts: { keepAlive: ['one', 'two'] }, timers: { noFirstAnswerSeconds: 0 } });
    const told = through(storyOn.waiting(policy), 24 * 60 * MINUTE).map(([, text]) => text);
    expect(told.slice(0, 2)).toEqual(['one', 'two']);
    expect(told.filter((text) => text === 'one' || text === 'two')).toHaveLength(2);
  });

  it.each([
    ['just before', 650],
    ['just after', 700],
  ])('is not told twice when a word would fall %s another', (_, keepAliveSeconds) => {
    const told = through(storyOn.waiting(policyOf({ waiting: { keepAliveSeconds } })), 20 * MINUTE);
    expect(told).toEqual([
      [675, stillWaiting],
      [900, timedOut],
    ]);
  });

  it('hears nothing in between when the end is near', () => {
    const policy = policyOf({ waiting: { keepAliveSeconds: 80 }, timers: { noFirstAnswerSeconds: 100 } });
    expect(through(storyOn.waiting(policy), 5 * MINUTE)).toEqual([[100, timedOut]]);
  });

  it('hears the next word though the timer before it was taken off meanwhile', () => {
    const policy = policyOf({ waiting: { keepAliveSeconds: 80 }, timers: { noAcceptSeconds: 100, noFirstAnswerSeconds: 3_600 } });
    const story = storyOn.waiting(policy);
    expect(through(story, 90 * SECOND)).toEqual([]);
    story.happens(aFact('desk-taken', { sessionId: SESSION }));
    expect(through(story, 60 * SECOND)).toEqual([[130, keepAlive[0]]]);
  });

  it('hears none any more once an agent has written', () => {
    const story = storyOn.waiting();
    through(story, 3 * MINUTE);
    story.happens(aFact('agent-wrote', { at: story.now }));
    expect(story.conversation.timers.map(({ kind }) => kind)).not.toContain('keep-alive');
    expect(through(story, 60 * MINUTE)).toEqual([]);
  });

  it('is not shown what we wanted to say when an agent was faster', () => {
    const story = storyOn
      .waiting()
      .later(2 * MINUTE)
      .happens(aFact('time-passed'));
    expect(story.actions).toContainEqual(expect.objectContaining({ do: 'deliver', withdrawable: true }));
  });

  it('does not set the clock back by writing', () => {
    const story = storyOn.waiting();
    for (let minute = 0; minute < 14; minute++) story.later(MINUTE).happens(aFact('visitor-wrote'));
    expect(story.later(MINUTE).happens(aFact('time-passed')).shown).toEqual([timedOut]);
  });
});
