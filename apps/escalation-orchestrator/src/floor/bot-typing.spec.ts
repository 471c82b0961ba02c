import { describe, expect, it } from '@jest/globals';
import { mayShowTyping } from './bot-typing.js';
import { Story, aFact, storyOn } from './conversation.builder.js';

describe('that the bot writes', () => {
  const asked = () => new Story().happens(aFact('visitor-wrote'));
  const taken = () => {
    const story = asked().happens(aFact('agent-wrote')).later(60_000);
    return story.happens(aFact('desk-state', { at: story.now })).happens(aFact('visitor-wrote'));
  };
  const shown = ({ conversation }: Story, patch: { botId?: string; turn?: number; epoch?: number } = {}) =>
    mayShowTyping(conversation, { botId: conversation.botId, turn: conversation.turn, epoch: conversation.epoch, ...patch });

  it('is shown while it has the floor and a turn to answer', () => expect(shown(asked())).toBe(true));

  it.each<[string, Story, Parameters<typeof shown>[1]]>([
    ['by another bot', asked(), { botId: 'another' }],
    ['on a turn never given', asked(), { turn: 7 }],
    ['on a turn that it answered', asked().happens(aFact('bot-answered', { turn: 1, epoch: 0, messages: [{ text: 'Yes' }] })), {}],
    ['on a turn of an epoch that is over', taken(), { turn: 1 }],
    ['while a human is asked for', asked().askedForHelp(), { epoch: 0 }],
    ['while a human is awaited', storyOn.waiting(), { turn: 1 }],
    ['while an agent speaks', storyOn.agent(), { turn: 1 }],
    ['while it is muted', asked().happens(aFact('bot-answered', { muted: true })), {}],
  ])('is not shown %s', (_when, story, patch) => expect(shown(story, patch)).toBe(false));

  it('is shown on while it stays until an agent writes', () => {
    const story = new Story().askedForHelp({ muted: false }).accepted().happens(aFact('visitor-wrote'));
    expect(shown(story)).toBe(true);
    expect(shown(story, { epoch: 0 })).toBe(true);
    expect(shown(story.happens(aFact('agent-wrote')))).toBe(false);
  });

  it('is shown on a turn of the time when it stayed, also when nobody came', () => {
    const story = new Story().askedForHelp({ muted: false }).happens(aFact('visitor-wrote'));
    const { epoch } = story.conversation;
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(shown(story, { epoch })).toBe(true);
  });
});
