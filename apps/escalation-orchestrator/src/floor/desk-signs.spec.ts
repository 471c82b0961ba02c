import { describe, expect, it } from '@jest/globals';
import { aFact, SESSION, Story, storyOn, WEBSITE } from './conversation.builder.js';
import { mayShowAgentSigns, placeOfVisitorSigns } from './desk-signs.js';

const HERE = { websiteId: WEBSITE, sessionId: SESSION };

describe('what is seen of an agent', () => {
  it.each<[where: string, story: Story, place: typeof HERE, shown: boolean]>([
    ['while he is waited for', storyOn.waiting(), HERE, true],
    ['while he is heard', storyOn.agent(), HERE, true],
    ['in another session', storyOn.agent(), { ...HERE, sessionId: `${SESSION}-2` }, false],
    ['at another website', storyOn.agent(), { ...HERE, websiteId: '99999999-2222-4333-8444-555555555555' }, false],
    ['before anybody was promised', storyOn.escalating(), HERE, false],
    ['while the bot has the floor', new Story().happens(aFact('visitor-wrote')), HERE, false],
    ['when the episode is over', storyOn.agent().happens(aFact('desk-state', { state: 'resolved' })), HERE, false],
  ])('%s: %#', (_where, { conversation }, place, shown) => expect(mayShowAgentSigns(conversation, place)).toBe(shown));
});

describe('what is seen of the visitor', () => {
  it('is shown in the session in which a human hears him, and nowhere else', () => {
    expect(placeOfVisitorSigns(storyOn.waiting().conversation)).toEqual(HERE);
    expect(placeOfVisitorSigns(storyOn.agent().conversation)).toEqual(HERE);
    expect(placeOfVisitorSigns(storyOn.escalating().conversation)).toBeNull();
    expect(placeOfVisitorSigns(new Story().conversation)).toBeNull();
  });
});
