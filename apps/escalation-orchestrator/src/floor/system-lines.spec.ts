import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT, STILL_NEED_HELP, ourLines } from '@baton/contracts';
import type { Channel } from '@baton/contracts';
import { Story, aFact, aPolicy } from './conversation.builder.js';

const { en } = ourLines;

const MINUTE = 60_000;
const { texts } = en;

/** The system lines of the last fact, and what can be tapped under them. */
const linesOf = (story: Story) =>
  story.actions.flatMap((action) =>
    action.do === 'deliver' && action.line.author.kind === 'system' && action.line.body.type === 'text'
      ? [[action.line.body.text, (action.line.body.quickReplies ?? []).map(({ payload }) => payload)] as const]
      : [],
  );

function through(channel: Channel) {
  const story = new Story(aPolicy(), channel);
  const lines = [...linesOf(story.askedForHelp())];
  story.agentsAreThere().opened();
  lines.push(...linesOf(story.happens(aFact('first-message-posted', { handoverId: story.handoverId }))));
  lines.push(...linesOf(story.later(12 * MINUTE).happens(aFact('time-passed'))));
  lines.push(...linesOf(story.happens(aFact('agent-wrote', { at: story.now }))));
  lines.push(...linesOf(story.later(MINUTE).happens(aFact('desk-state', { at: story.now }))));
  return lines;
}

describe('what a visitor is told on the way to an agent and back', () => {
  it('carries the way back on Messenger for as long as the bot does not have the floor', () => {
    expect(through('messenger')).toEqual([
      [texts.oneMoment, [BACK_TO_BOT]],
      [texts.waiting, [BACK_TO_BOT]],
      [texts.stillWaiting, [BACK_TO_BOT]],
      ['Mia joined the conversation.', [BACK_TO_BOT]],
      [texts.resolved, [STILL_NEED_HELP]],
    ]);
  });

  it('is plain in the webchat, which shows the way back itself', () => {
    expect(through('webchat').map(([text, taps]) => [text, taps.length])).toEqual([
      [texts.oneMoment, 0],
      [texts.waiting, 0],
      [texts.stillWaiting, 0],
      ['Mia joined the conversation.', 0],
      [texts.resolved, 1],
    ]);
  });

  it('fits a quick reply of Messenger', () => {
    const line = new Story(aPolicy(), 'messenger').askedForHelp().actions.find((action) => action.do === 'deliver');
    const body = line?.do === 'deliver' ? line.line.body : undefined;
    expect(body?.type === 'text' && body.quickReplies?.every(({ title }) => title.length <= 20)).toBe(true);
  });
});
