import { describe, expect, it } from '@jest/globals';
import { SESSION, Story, aFact, aPolicy, storyOn } from './conversation.builder.js';
import type { FactOf } from './facts.js';

/** An agent had the floor and resolved. */
const ended = () => {
  const story = storyOn.agent().later(60_000);
  return story.happens(aFact('desk-state', { at: story.now }));
};
const opening = () => storyOn.escalating().agentsAreThere();

const STAGES = {
  'the bot alone, always': () => new Story(),
  'the bot after an agent': ended,
  'nobody while agents are asked for': storyOn.escalating,
  'nobody while the conversation is being opened': opening,
  'nobody while an agent is awaited': storyOn.waiting,
  'an agent': storyOn.agent,
} as const;

const noteOf = (story: Story) =>
  story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work] : []));

/** Who has the floor, whose line fails, and whether the agents are told of it. */
const TABLE: readonly [on: keyof typeof STAGES, author: FactOf<'delivery-failed'>['author'], told: 'now' | 'when opened' | 'never'][] = [
  ['the bot alone, always', 'agent', 'never'],
  ['the bot alone, always', 'bot', 'never'],
  ['the bot alone, always', 'system', 'never'],
  ['the bot after an agent', 'agent', 'now'],
  ['the bot after an agent', 'bot', 'never'],
  ['the bot after an agent', 'system', 'never'],
  ['nobody while agents are asked for', 'agent', 'never'],
  ['nobody while agents are asked for', 'bot', 'when opened'],
  ['nobody while agents are asked for', 'system', 'never'],
  ['nobody while the conversation is being opened', 'bot', 'now'],
  ['nobody while the conversation is being opened', 'system', 'never'],
  ['nobody while an agent is awaited', 'agent', 'now'],
  ['nobody while an agent is awaited', 'bot', 'now'],
  ['nobody while an agent is awaited', 'system', 'never'],
  ['an agent', 'agent', 'now'],
  ['an agent', 'bot', 'now'],
  ['an agent', 'system', 'never'],
];

describe('a line that the visitor did not get', () => {
  it.each(TABLE)('while %s has the floor, of the %s: the agents are told %s', (on, author, told) => {
    const story = STAGES[on]();
    const { floor, epoch } = story.conversation;
    story.happens(aFact('delivery-failed', { author }));
    expect(noteOf(story)).toHaveLength(told === 'now' ? 1 : 0);
    expect(story.conversation).toMatchObject({ floor, epoch });
    if (told === 'when opened') {
      story.agentsAreThere();
      expect(story.asked).toEqual([
        'desk:open-session',
        'desk:set-contact',
        'desk:post-first-message',
        'desk:post-briefing',
        'desk:post-note',
      ]);
      expect(noteOf(story.opened())).toEqual([]);
    }
  });

  it('is told of where it was written: in the open episode, or in the one that just ended', () => {
    const story = ended();
    const first = story.conversation.lastHandover!.id;
    story.askedForHelp().agentsAreThere();
    story.happens(aFact('desk-opened', { handoverId: story.handoverId, sessionId: 'session_second' }));
    expect(noteOf(story.happens(aFact('delivery-failed', { sessionId: SESSION })))).toMatchObject([{ handoverId: first }]);
    expect(noteOf(story.happens(aFact('delivery-failed', { sessionId: 'session_second' })))).toMatchObject([
      { handoverId: story.handoverId },
    ]);
    expect(noteOf(story.happens(aFact('delivery-failed', { sessionId: 'session_of_old' })))).toMatchObject([
      { handoverId: story.handoverId },
    ]);
  });

  it('is told of by a note that must arrive, with the ways by which the visitor can be reached', () => {
    const story = new Story(aPolicy({ humanAgent: true })).askedForHelp({ userData: { email: 'ada@example.test' } }).accepted();
    story.happens(aFact('delivery-failed', { failure: 'window-closed', beginning: 'Your parcel' }));
    expect(noteOf(story)).toMatchObject([{ mustArrive: true, text: expect.stringMatching(/“Your parcel”.*7 days.*ada@example\.test/) }]);
  });

  it('is told of once in each episode when it only waits for its channel, and each time when it is lost', () => {
    const story = storyOn.agent();
    const waits = () => noteOf(story.happens(aFact('delivery-failed', { what: 'waiting', failure: 'token-dead' }))).length;
    const fails = () => noteOf(story.happens(aFact('delivery-failed'))).length;
    expect([waits(), waits(), fails(), fails(), waits()]).toEqual([1, 0, 1, 1, 0]);
    story.later(60_000).happens(aFact('desk-state', { at: story.now }));
    story.askedForHelp().accepted();
    expect([waits(), waits()]).toEqual([1, 0]);
  });
});
