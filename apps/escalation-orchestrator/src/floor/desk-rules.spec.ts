import { describe, expect, it } from '@jest/globals';
import { Story, aFact, storyOn } from './conversation.builder.js';
import { GOODBYE_GRACE } from './policy.js';

const MINUTE = 60_000;

describe("the agent's words", () => {
  it('introduce the agent first', () => {
    const story = storyOn.waiting().happens(aFact('agent-wrote', { agent: { name: '$& Mia' }, body: { type: 'text', text: 'Hello' } }));
    expect(story.shown).toEqual(['$& Mia joined the conversation.', 'Hello']);
  });
  it('up to five seconds after the resolve are shown and move nothing; later ones take over', () => {
    const story = storyOn.agent().later(MINUTE);
    const resolvedAt = story.now;
    story.happens(aFact('desk-state', { at: resolvedAt }));
    story.happens(aFact('agent-wrote', { at: resolvedAt + GOODBYE_GRACE, body: { type: 'text', text: 'Goodbye' } }));
    expect([story.shown, story.conversation.floor]).toEqual([['Goodbye'], 'bot']);
    story.happens(aFact('agent-wrote', { at: resolvedAt + GOODBYE_GRACE + 1 }));
    expect(story.conversation.floor).toBe('agent');
    story.happens(aFact('desk-state', { at: resolvedAt }));
    expect(story.conversation.floor).toBe('agent');
    story.happens(aFact('desk-state', { at: resolvedAt + MINUTE }));
    expect(story.conversation.floor).toBe('bot');
  });
  it('from a clock that is an hour ahead take over, and the same agent can still give back', () => {
    const story = new Story().later(MINUTE);
    story.happens(aFact('agent-wrote', { at: story.now + 60 * MINUTE }));
    expect(story.conversation.floor).toBe('agent');
    story.later(MINUTE).happens(aFact('desk-state', { at: story.now }));
    expect(story.conversation.floor).toBe('bot');
  });
  it('taken back before they came are not shown', () => {
    expect(storyOn.waiting().happens(aFact('agent-wrote', { removed: true })).shown).toEqual([]);
  });
  it('found while the bot was muted by itself carry over what nobody had heard', () => {
    const story = new Story()
      .happens(aFact('bot-answered', { muted: true }))
      .happens(aFact('visitor-wrote'))
      .happens(aFact('agent-wrote'));
    expect(story.asked).toContain('desk:post-visitor-words');
  });
});

describe('words that Crisp will never take because the session is gone', () => {
  it('are all heard by the bot, also those refused after the first', () => {
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).happens(aFact('word-refused', { handoverId }));
    expect(story.asked).toEqual(['bot.turn']);
  });
  it.each([true, false])('are heard by the bot once, also when they were said before anybody was promised (the bot muted: %s)', (muted) => {
    const story = new Story().askedForHelp({ muted }).agentsAreThere().opened();
    const word = aFact('visitor-wrote');
    story.happens(word).happens(aFact('word-refused', { handoverId: story.handoverId, messageId: word.messageId }));
    const turns = story.all.flatMap((action) => (action.do === 'tell-bot' && action.event.type === 'bot.turn' ? [action.event.data] : []));
    expect(turns.flatMap(({ messages }) => messages.map(({ id }) => id))).toEqual([word.messageId]);
  });
  it('go to the next handover when there is one already', () => {
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).askedForHelp().accepted();
    story.happens(aFact('word-refused', { handoverId }));
    expect(story.asked).toEqual(['desk:post-visitor-words']);
  });
});
