import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Action } from '../actions.js';
import { aFact, aPolicy, START, Story } from '../conversation.builder.js';
import { randomStory } from '../random-story.builder.js';
import { CALL_AGAIN_AFTER } from './in-the-bots-place.js';

/** A story in which the switch may be thrown. */
class Switched extends Story {
  on(): this {
    this.policy = { ...this.policy, stopped: true };
    return this;
  }
  off(): this {
    this.policy = { ...this.policy, stopped: undefined };
    return this;
  }
  get rejections(): string[] {
    return this.actions.flatMap((a) => (a.do === 'tell-bot' && a.event.type === 'bot.answer-rejected' ? [a.event.data.reason] : []));
  }
  get given(): string[][] {
    return this.actions.flatMap((a) =>
      a.do === 'tell-bot' && a.event.type === 'bot.turn' ? [a.event.data.messages.map(({ text }) => text)] : [],
    );
  }
  says(text: string): this {
    return this.happens(aFact('visitor-wrote', { body: { type: 'text', text } }));
  }
  botSays(text: string, more: object = {}): this {
    const { turn, epoch } = this.conversation;
    return this.happens(aFact('bot-answered', { turn: turn || null, epoch, messages: [{ text }], ...more }));
  }
  nobodyIsThere(): this {
    return this.happens(aFact('availability-known', { handoverId: this.handoverId, answer: 'nobody-online' }));
  }
}

const cause = ({ conversation }: Story) => conversation.handover?.cause?.by;

describe('while everything automatic is switched off', () => {
  it('a visitor who writes to the bot gets a human', () => {
    const story = new Switched().on().says('Where is my order?');
    expect(story.conversation.floor).toBe('escalating');
    expect(cause(story)).toBe('kill-switch');
    expect(story.given).toEqual([]);
    story.accepted();
    expect(story.conversation.floor).toBe('waiting');
    const posted = story.all.flatMap((a) => (a.do === 'desk' && a.work.kind === 'post-visitor-words' ? [a.work.text] : []));
    expect(posted).toEqual(['Where is my order?']);
  });

  it('the answer that was in the making is rejected, and its question goes to a human', () => {
    const story = new Switched().says('Where is my order?').on().botSays('It is on its way.');
    expect(story.rejections).toEqual(['kill-switch']);
    expect(story.shown.join()).not.toContain('on its way');
    expect([story.conversation.floor, cause(story)]).toEqual(['escalating', 'kill-switch']);
    expect(story.conversation.held.map(({ text }) => text)).toEqual(['Where is my order?']);
  });

  it('who waits for an answer that will not come has a human called without saying a word', () => {
    const story = new Switched().says('Where is my order?').on().happens(aFact('bot-stopped'));
    expect([story.conversation.floor, cause(story)]).toEqual(['escalating', 'kill-switch']);
    expect(new Switched().says('Hi').botSays('Hello').on().happens(aFact('bot-stopped')).actions).toEqual([]);
  });

  it('the bot that speaks first is rejected, and nobody is called for it', () => {
    const story = new Switched().on().botSays('Buy now!');
    expect([story.rejections, story.conversation.floor]).toEqual([['kill-switch'], 'bot']);
  });

  it('the bot may still call a human, without a word of its own, and does not stay', () => {
    const story = new Switched().says('I want a human').on().botSays('Let me get someone.', { needHelp: true, muted: false });
    expect([story.rejections, story.conversation.floor, story.conversation.botStays]).toEqual([['kill-switch'], 'escalating', false]);
    expect(cause(story)).toBe('bot');
  });

  it('where nobody is there he is told so once, not with each word', () => {
    const story = new Switched().on().says('one').nobodyIsThere();
    expect(story.shown).toHaveLength(1);
    expect(story.given).toEqual([]);
    expect(story.says('two').shown).toEqual([]);
    story.later(CALL_AGAIN_AFTER - 1);
    expect(story.says('three').shown).toEqual([]);
    story.later(1).says('four');
    expect(story.conversation.floor).toBe('escalating');
    expect(story.conversation.held.map(({ text }) => text)).toEqual(['one', 'two', 'three', 'four']);
  });

  it('a bot without any agents tells him once, too', () => {
    const story = new Switched(aPolicy({ websiteId: null })).on().says('one');
    expect([story.shown.length, story.conversation.floor]).toEqual([1, 'bot']);
    expect(story.says('two').shown).toEqual([]);
  });

  it('agents’ words go on, and whoever they gave back has them called again with his next word', () => {
    const story = new Switched().on().says('one').accepted();
    story.happens(aFact('agent-wrote', { at: START + 1_000, body: { type: 'text', text: 'Hello, Mia here' } }));
    expect(story.shown).toContain('Hello, Mia here');
    story.happens(aFact('desk-state', { state: 'resolved', at: START + 2_000 }));
    expect(story.conversation.floor).toBe('bot');
    story.says('And another thing');
    expect(story.conversation.floor).toBe('escalating');
  });

  it('a bot that was mute by itself leaves nobody in silence', () => {
    const story = new Switched().botSays('', { messages: [], muted: true, turn: null }).on();
    story.says('Is anybody there?');
    expect(story.conversation.floor).toBe('escalating');
  });

  it('off again, the bot gets what was held with the next word', () => {
    const story = new Switched().on().says('one').nobodyIsThere().off().says('two');
    expect(story.given).toEqual([['one', 'two']]);
    expect(story.botSays('Hello').shown).toEqual(['Hello']);
  });

  it('in whatever order things happen, no line of the bot gets out and nobody is left without an answer', () => {
    const isOfBot = (a: Action) =>
      a.do === 'deliver' && a.line.author.kind === 'bot' && a.line.body.type === 'text' && a.line.body.text === 'bot';
    fc.assert(
      fc.property(randomStory, fc.array(fc.boolean(), { minLength: 60, maxLength: 60 }), (steps, switched) => {
        const story = new Switched();
        steps.forEach(({ step, wait }, nth) => {
          story.later(wait);
          if (switched[nth]) story.on();
          else story.off();
          const fact = step(story);
          const elsewhere = story.conversation.elsewhereSince !== null;
          story.happens(fact);
          if (!switched[nth]) return;
          expect(story.actions.filter(isOfBot)).toEqual([]);
          expect(story.given).toEqual([]);
          if (fact.kind !== 'visitor-wrote' || elsewhere || story.conversation.floor !== 'bot') return;
          const { calledInVain = -Infinity } = story.conversation;
          const wasToldLately = story.now - calledInVain <= CALL_AGAIN_AFTER;
          expect(story.shown.length > 0 || wasToldLately).toBe(true);
        });
      }),
      { numRuns: 1_000 },
    );
  });
});
