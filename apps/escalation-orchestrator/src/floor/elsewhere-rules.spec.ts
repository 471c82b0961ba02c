import { describe, expect, it } from '@jest/globals';
import { BACK_TO_BOT, ourLines } from '@baton/contracts';
import { Story, aFact, aPolicy, storyOn } from './conversation.builder.js';

const { en } = ourLines;

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const INBOX = '263902037430900';

const onMessenger = () => new Story(aPolicy(), 'messenger');
const elsewhere = (text = 'On its way', by = INBOX) => aFact('answered-elsewhere', { body: { type: 'text', text }, by });
const says = (text: string) => aFact('visitor-wrote', { body: { type: 'text', text } });
const botSays = (patch: object = {}) => aFact('bot-answered', { messages: [{ text: 'Hi' }], ...patch });
const mutedElsewhere = () => onMessenger().happens(elsewhere());
const mutedByItself = () => onMessenger().happens(aFact('bot-answered', { muted: true }));

const notesOf = (story: Story) =>
  story.actions.flatMap((action) => (action.do === 'desk' && action.work.kind === 'post-note' ? [action.work.text] : []));
const turnsOf = (story: Story) =>
  story.actions.flatMap((action) =>
    action.do === 'tell-bot' && action.event.type === 'bot.turn' ? [action.event.data.messages.map(({ text }) => text)] : [],
  );

/** What somebody's answer past us asks for, whoever has the floor; it never moves it. */
const ANSWERED: readonly [on: string, story: () => Story, asked: string[], isMuted: boolean][] = [
  ['the bot has the floor', onMessenger, ['bot.muted'], true],
  ['the bot muted itself', mutedByItself, ['bot.muted'], true],
  ['somebody did so before', mutedElsewhere, [], true],
  ['agents are asked for', storyOn.escalating, [], false],
  ['the conversation is being opened', () => storyOn.escalating().agentsAreThere(), ['desk:post-note'], false],
  ['an agent is awaited', storyOn.waiting, ['desk:post-note'], false],
  ['an agent has the floor', storyOn.agent, ['desk:post-note'], false],
];

describe('somebody answers the visitor past us', () => {
  it.each(ANSWERED)('while %s', (_on, build, asked, isMuted) => {
    const story = build();
    const { floor, epoch } = story.conversation;
    story.happens(elsewhere());
    expect(story.asked).toEqual(asked);
    expect(story.conversation).toMatchObject({ floor, epoch });
    expect(story.conversation.mutedUntil).toBe(isMuted ? story.now + DAY : null);
    expect(story.shown).toEqual([]);
    expect(story.actions).toContainEqual(
      expect.objectContaining({ do: 'record', line: expect.objectContaining({ author: expect.objectContaining({ kind: 'agent' }) }) }),
    );
  });

  it('and the agents read what it was, at the latest with the conversation', () => {
    const story = onMessenger().askedForHelp();
    expect(notesOf(story.happens(elsewhere('On its way')))).toEqual([]);
    expect(notesOf(story.agentsAreThere())).toEqual(["Answered in Messenger's inbox: On its way"]);
    expect(notesOf(story.happens(elsewhere('A coupon!', '1234')))).toEqual(['Answered by another app in Messenger: A coupon!']);
  });

  it('while he waits: he is not told that nobody is free, or that nobody answered', () => {
    const story = storyOn.waiting().later(MINUTE).happens(elsewhere());
    expect(story.conversation.promises).toEqual([]);
    const shown = Array.from({ length: 15 }, () => story.later(MINUTE).happens(aFact('time-passed')).shown).flat();
    expect([story.conversation.floor, shown]).toEqual(['bot', [en.texts.stillWaiting, en.texts.cancelled]]);
    expect(story.conversation.nobodyCame).toBeNull();
  });

  it.each([
    [INBOX, "Messenger's inbox"],
    ['26390203743090', "Messenger's inbox"],
    ['1234', 'Another app in Messenger'],
  ])('and app %s stands in the transcript as %s', (by, name) => {
    const [line] = onMessenger().happens(elsewhere('Hello', by)).actions;
    expect(line).toMatchObject({ line: { author: { kind: 'agent', name }, via: 'messenger' } });
  });

  it('for as long as the settings say, from the last of their words on', () => {
    const { handover } = aPolicy();
    const story = new Story(aPolicy({ handover: { ...handover, elsewhereMuteSeconds: 600 } }), 'messenger').happens(elsewhere());
    story.later(9 * MINUTE).happens(elsewhere());
    story.later(9 * MINUTE).happens(aFact('time-passed'));
    expect(story.asked).toEqual([]);
    expect(story.later(MINUTE).happens(aFact('time-passed')).asked).toEqual(['bot.unmuted:mute-expired']);
    expect(story.conversation.timers).toEqual([]);
  });
});

describe('a bot that is muted because somebody answered past us', () => {
  it('does not hear the visitor meanwhile, and hears all of it afterwards, with what was said past it', () => {
    const story = mutedElsewhere();
    expect(story.happens(says('one')).asked).toEqual([]);
    expect(story.happens(says('two')).asked).toEqual([]);
    story.later(DAY).happens(aFact('time-passed'));
    expect(story.asked).toEqual(['bot.unmuted:mute-expired', 'bot.turn']);
    expect(turnsOf(story)).toEqual([['one', 'two']]);
    expect(story.actions).toContainEqual(expect.objectContaining({ do: 'unmute', sincePosition: 1 }));
  });

  it.each<[what: string, patch: object, rejected: boolean, shown: string[]]>([
    ['speaks', {}, true, []],
    ['speaks and wants to be heard again', { muted: false }, true, []],
    ['wants to be heard again', { muted: false, messages: [] }, true, []],
    ['asks to be muted', { muted: true, messages: [] }, false, []],
  ])('that %s changes nothing', (_what, patch, rejected, shown) => {
    const story = mutedElsewhere();
    const { mutedUntil } = story.conversation;
    story.later(MINUTE).happens(botSays(patch));
    expect(story.asked.includes('bot.answer-rejected')).toBe(rejected);
    expect(story.shown).toEqual(shown);
    expect(story.conversation).toMatchObject({ mutedUntil, elsewhereSince: 1, floor: 'bot' });
  });

  it('may ask for a human, who then reads what nobody heard', () => {
    const story = mutedElsewhere().happens(says('one')).askedForHelp();
    expect(story.conversation).toMatchObject({ floor: 'escalating', mutedUntil: null, elsewhereSince: null });
    expect(story.agentsAreThere().asked).toEqual([
      'desk:open-session',
      'desk:set-contact',
      'desk:post-first-message',
      'desk:post-briefing',
      'desk:post-visitor-words',
    ]);
  });

  it('stays silent while he is awaited, whatever it asks for', () => {
    const story = mutedElsewhere().happens(says('one')).askedForHelp({ muted: false });
    expect(story.conversation).toMatchObject({ floor: 'escalating', botStays: false });
    expect(turnsOf(story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' })))).toEqual([
      ['one'],
    ]);
  });

  it('is muted by the handover when an agent writes in Crisp', () => {
    const story = mutedElsewhere().happens(says('one')).happens(aFact('agent-wrote'));
    expect(story.conversation).toMatchObject({ floor: 'agent', mutedUntil: null, elsewhereSince: null });
    expect(story.asked).toContain('desk:post-visitor-words');
  });
});

describe('a visitor who wants the bot back while it is muted', () => {
  const back = () => aFact('visitor-wrote', { body: { type: 'text', text: 'Back', payload: BACK_TO_BOT } });

  it.each([
    ['because somebody answered past us', mutedElsewhere],
    ['by itself', mutedByItself],
  ])('%s, gets it, and it hears what he said', (_why, build) => {
    const story = build().happens(says('one')).happens(back());
    expect(story.asked).toEqual(['bot.unmuted:cancelled', 'bot.turn']);
    expect(turnsOf(story)).toEqual([['one']]);
    expect(story.shown).toEqual([en.texts.cancelled]);
    expect(story.conversation).toMatchObject({ mutedUntil: null, elsewhereSince: null, timers: [] });
    expect(story.happens(botSays()).shown).toEqual(['Hi']);
  });
});
