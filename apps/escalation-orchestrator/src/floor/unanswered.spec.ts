import { describe, expect, it } from '@jest/globals';
import { Story, aFact } from './conversation.builder.js';

const turnsOf = (story: Story): string[][] =>
  story.all.flatMap((action) =>
    action.do === 'tell-bot' && action.event.type === 'bot.turn' ? [action.event.data.messages.map(({ text }) => text)] : [],
  );
const postsOf = (story: Story): string[] =>
  story.all.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-visitor-words' ? [action.work.text] : []));
const says = (text: string) => aFact('visitor-wrote', { body: { type: 'text', text } });

/** Two messages in a row; the bot answers the first one by asking for a human. */
function burst(): Story {
  const story = new Story().happens(says('A human, please')).happens(says('It is about order 17'));
  return story.happens(aFact('bot-answered', { turn: 1, epoch: 0, needHelp: true, muted: true }));
}

describe('a second message, written before the first one brought a human', () => {
  it('is brought to the agents, and the first one only by the history', () => {
    expect(postsOf(burst().accepted())).toEqual(['It is about order 17']);
  });

  it('is given to the bot again where nobody is there', () => {
    const story = burst();
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(turnsOf(story)).toEqual([['A human, please'], ['It is about order 17'], ['It is about order 17']]);
    expect(story.conversation).toMatchObject({ openTurns: [3], held: [] });
  });

  it('goes to the agent who takes over unasked', () => {
    const story = new Story().happens(says('Where is it?')).happens(aFact('agent-wrote', { at: new Story().now + 1_000 }));
    expect(postsOf(story)).toEqual(['Where is it?']);
  });

  it('stays what it was when the bot had a minute for it and said nothing', () => {
    const story = new Story().happens(says('Thanks')).later(61_000).happens(says('A human, please'));
    story.happens(aFact('bot-answered', { turn: 2, epoch: 0, needHelp: true, muted: true })).accepted();
    expect(postsOf(story)).toEqual([]);
  });

  it('is not asked of the bot again that asked for a human beside its turns', () => {
    const story = new Story().happens(says('A human, please'));
    story.happens(aFact('bot-answered', { turn: null, requestedBy: 'api', needHelp: true, muted: true }));
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(turnsOf(story)).toEqual([['A human, please']]);
  });
});
