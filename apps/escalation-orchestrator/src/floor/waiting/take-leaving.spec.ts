import { describe, expect, it } from '@jest/globals';
import { ourLines } from '@baton/contracts';
import { ourLanguages } from '@baton/language';
import { aFact, storyOn } from '../conversation.builder.js';
import type { Story } from '../conversation.builder.js';
import { MINUTE, notesOf, policyOf } from './waiting.builder.js';

const { en } = ourLines;

const says = (text: string, payload?: string) => aFact('visitor-wrote', { body: { type: 'text', text, ...(payload ? { payload } : {}) } });
const policy = policyOf({ waiting: { leaveWords: ['Genug gewartet', 'もういいです', 'déjà fini'] } });

const turnsOf = (story: Story) =>
  story.all.flatMap((action) => (action.do === 'tell-bot' && action.event.type === 'bot.turn' ? action.event.data.messages : []));

describe('a word that leaves the wait', () => {
  it.each(['Never mind', 'never mind!', '  NEVER  MIND… ', 'stop', 'Stop.', 'genug gewartet', 'もういいです。', 'DEJA FINI'])(
    '%s',
    (text) => {
      const story = storyOn
        .waiting(policy)
        .later(4 * MINUTE)
        .happens(says(text));
      expect(story.conversation.floor).toBe('bot');
      expect(story.shown).toEqual([en.texts.cancelled]);
      expect(story.asked).toContain('handover.cancelled');
    },
  );

  it.each(ourLanguages)('is understood in %s', (language) => {
    for (const phrase of ourLines[language].leaveWords) {
      const story = storyOn.waiting().happens(aFact('visitor-wrote', { body: { type: 'text', text: `${phrase} !` }, locale: language }));
      expect([phrase, story.conversation.floor]).toEqual([phrase, 'bot']);
    }
  });

  it("of another language than the visitor's leaves only where it is set", () => {
    expect(storyOn.waiting().happens(says('laissez tomber')).conversation.floor).toBe('waiting');
    const set = policyOf({ waiting: { leaveWords: ['Laissez tomber'] } });
    expect(storyOn.waiting(set).happens(says('laissez tomber')).conversation.floor).toBe('bot');
  });

  it.each(['Stop sending me this', 'never', 'mind', '👍', '?', 'I will not cancel my order'])('not: %s', (text) => {
    const story = storyOn.waiting(policy).happens(says(text));
    expect(story.conversation.floor).toBe('waiting');
    expect(story.asked).toEqual(['desk:post-visitor-words']);
  });

  it('is written down, and is a question to nobody', () => {
    const story = storyOn
      .waiting(policy)
      .later(4 * MINUTE)
      .happens(says('stop'));
    expect(story.actions[0]).toMatchObject({ do: 'record', line: { body: { text: 'stop' } } });
    expect(story.asked).not.toContain('desk:post-visitor-words');
    expect(turnsOf(story)).toEqual([]);
  });

  it('is told to the agents, with how long he waited', () => {
    expect(
      notesOf(
        storyOn
          .waiting(policy)
          .later(4 * MINUTE)
          .happens(says('stop')),
      ),
    ).toEqual(['The visitor did not want to wait any longer: after 4 minutes without an answer he went back to the bot.']);
  });

  it('counts while somebody is looked for, and what was said before is for the bot', () => {
    const story = storyOn.escalating(policy).happens(says('My order is late')).happens(says('cancel'));
    expect(story.conversation.floor).toBe('bot');
    expect(turnsOf(story).map(({ text }) => text)).toEqual(['My order is late']);
  });

  it.each<[string, () => Story]>([
    ['to the bot', () => storyOn.bot(policy)],
    ['to an agent who has written', () => storyOn.agent(policy)],
    ['to a bot that stays until an agent comes', () => storyOn.bot(policy).askedForHelp({ muted: false }).accepted()],
  ])('is a word like any other %s', (_, at) => {
    const story = at();
    const { floor } = story.conversation;
    story.happens(says('cancel'));
    expect(story.conversation.floor).toBe(floor);
    expect(story.asked.some((one) => one === 'desk:post-visitor-words' || one === 'bot.turn')).toBe(true);
  });

  it("is not what a tap on the bot's own button says", () => {
    expect(storyOn.waiting(policy).happens(says('Cancel', 'order:cancel')).conversation.floor).toBe('waiting');
  });
});
