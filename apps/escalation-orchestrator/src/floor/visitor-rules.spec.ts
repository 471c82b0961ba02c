import { describe, expect, it } from '@jest/globals';
import { Story, aFact, storyOn } from './conversation.builder.js';
import { DESK_TEXT_LIMIT } from './policy.js';

describe('a long text of the visitor', () => {
  it('reaches Crisp whole, in parts it takes, each with a fingerprint of its own', () => {
    const text = 'All work and no play. '.repeat(180).trim();
    const parts = storyOn
      .agent()
      .happens(aFact('visitor-wrote', { body: { type: 'text', text } }))
      .actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
    expect(parts.length).toBeGreaterThan(1);
    expect(Math.max(...parts.map((part) => part.text.length))).toBeLessThanOrEqual(DESK_TEXT_LIMIT);
    expect(
      parts
        .map((part) => part.text)
        .join('')
        .replaceAll(' ', ''),
    ).toBe(text.replaceAll(' ', ''));
    expect(new Set(parts.map((part) => part.fingerprint)).size).toBe(parts.length);
  });
});

describe("a visitor's file", () => {
  const file = { name: 'parcel.jpg', url: 'https://files.example/1', contentType: 'image/jpeg' };
  const sends = () => aFact('visitor-wrote', { body: { type: 'file', ...file } });
  const posted = (story: Story) =>
    story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work] : []));
  const text = 'parcel.jpg https://files.example/1';

  it('reaches the agents as a file, also when it was held or refused first', () => {
    expect(posted(storyOn.agent().happens(sends()))).toMatchObject([{ file, text, part: 0 }]);
    expect(posted(storyOn.escalating().happens(sends()).agentsAreThere())).toMatchObject([{ file, text }]);
    const story = storyOn.agent();
    const { handoverId } = story;
    story.happens(aFact('word-refused', { handoverId })).askedForHelp().accepted();
    expect(posted(story.happens(aFact('word-refused', { handoverId, text, file })))).toMatchObject([{ file, text }]);
  });

  it('reaches the bot as a text that names it', () => {
    const [, turn] = new Story().happens(sends()).actions;
    expect(turn).toMatchObject({ event: { data: { messages: [{ text }] } } });
  });
});
