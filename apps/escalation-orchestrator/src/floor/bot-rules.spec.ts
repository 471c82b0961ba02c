import { describe, expect, it } from '@jest/globals';
import { Story, aFact, storyOn } from './conversation.builder.js';

const MINUTE = 60_000;

describe("the bot's answers", () => {
  const given = () => new Story().happens(aFact('visitor-wrote'));
  const answer = (turn: number | null, epoch: number | null) => aFact('bot-answered', { turn, epoch, messages: [{ text: 'Yes' }] });
  const reasonOf = (story: Story) =>
    story.actions.flatMap((action) =>
      action.do === 'tell-bot' && action.event.type === 'bot.answer-rejected' ? [action.event.data.reason] : [],
    );

  it('to the open turn are shown', () => expect(given().happens(answer(1, 0)).shown).toEqual(['Yes']));
  it('to a turn that was answered are rejected', () =>
    expect(reasonOf(given().happens(answer(1, 0)).happens(answer(1, 0)))).toEqual(['already-answered']));
  it('to a turn never given are rejected', () => expect(reasonOf(given().happens(answer(7, 0)))).toEqual(['unknown-turn']));
  it('of an epoch that is over are rejected', () => {
    const story = given().happens(aFact('agent-wrote')).later(MINUTE);
    story.happens(aFact('desk-state', { at: story.now })).happens(aFact('visitor-wrote'));
    expect(reasonOf(story.happens(answer(1, 0)))).toEqual(['stale-epoch']);
    expect(reasonOf(story.happens(answer(null, 0)))).toEqual(['stale-epoch']);
    expect(story.happens(answer(story.conversation.turn, story.conversation.epoch)).shown).toEqual(['Yes']);
  });

  const whileItStayed = (story: Story) => {
    story.happens(aFact('visitor-wrote'));
    const { turn, epoch } = story.conversation;
    return { story, late: answer(turn, epoch) };
  };

  it('to what it was asked while it stayed are shown also when nobody came: nobody else answers that', () => {
    const { story, late } = whileItStayed(new Story().askedForHelp({ muted: false }));
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(story.happens(late).shown).toEqual(['Yes']);
    expect(reasonOf(story.happens(late))).toEqual(['stale-epoch']);
  });

  it('to what it was asked while it stayed are shown also when time ran out, but not over an agent', () => {
    const timedOut = whileItStayed(new Story().askedForHelp({ muted: false }).accepted());
    timedOut.story.later(16 * MINUTE).happens(aFact('time-passed'));
    expect([timedOut.story.conversation.floor, timedOut.story.happens(timedOut.late).shown]).toEqual(['bot', ['Yes']]);
    const answered = whileItStayed(new Story().askedForHelp({ muted: false }).accepted());
    answered.story.happens(aFact('agent-wrote'));
    expect(reasonOf(answered.story.happens(answered.late))).toEqual(['not-your-floor']);
  });
  it('after its own mute wait for the bot to unmute itself, and the visitor is heard then', () => {
    const story = new Story().happens(aFact('bot-answered', { muted: true }));
    story.happens(aFact('visitor-wrote'));
    expect(story.asked).toEqual([]);
    expect(reasonOf(story.happens(answer(null, null)))).toEqual(['muted']);
    story.happens(aFact('bot-answered', { muted: false }));
    expect(story.asked).toEqual(['bot.unmuted:asked-by-bot', 'bot.turn']);
  });
  it('are awaited again after ten minutes of its own mute', () => {
    const story = new Story().happens(aFact('bot-answered', { muted: true })).happens(aFact('visitor-wrote'));
    story.later(10 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toEqual(['bot.unmuted:mute-expired', 'bot.turn']);
  });
  it('teach the inbox about the visitor also during a handover', () => {
    const story = storyOn.waiting().happens(aFact('bot-answered', { userData: { email: 'a@b.example' } }));
    expect(story.asked).toEqual(['desk:set-contact']);
  });
});
