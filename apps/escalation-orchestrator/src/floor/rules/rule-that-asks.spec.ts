import { describe, expect, it } from '@jest/globals';
import { HandoverSettingsSchema, ourLines } from '@baton/contracts';
import { Story, START, aFact, aPolicy } from '../conversation.builder.js';
import { ruleThatAsks, RULE_COOL_DOWN } from './rule-that-asks.js';

const { en } = ourLines;

const policyWith = (rules: Record<string, unknown>, more: Record<string, unknown> = {}) =>
  aPolicy({ handover: HandoverSettingsSchema.parse({ ...more, rules }) });
const everything = {
  fallbacksInARow: 3,
  words: ['Anwalt', 'legal action', 'kündigen'],
  asksForHuman: true,
  frustration: true,
  category: 'care',
};
const says = (text: string, payload?: string) => aFact('visitor-wrote', { body: { type: 'text', text, ...(payload ? { payload } : {}) } });
const fails = (story: Story) =>
  aFact('bot-answered', { turn: story.conversation.turn, epoch: story.conversation.epoch, fallback: true, messages: [{ text: 'Sorry?' }] });

describe('a rule that asks for a human', () => {
  const of = (text: string, rules: Record<string, unknown> = everything) =>
    ruleThatAsks(policyWith(rules), new Story().conversation, { text }, START);

  it.each([
    ['I will take legal action', { by: 'words', detail: 'legal action' }],
    ['ich möchte KUENDIGEN', null],
    ['ich möchte KÜNDIGEN!', { by: 'words', detail: 'kündigen' }],
    ['mein anwalt meldet sich', { by: 'words', detail: 'Anwalt' }],
    ['die Anwaltskosten', null],
    ['illegal actions', null],
    ['can I talk to a human', { by: 'asks-for-human' }],
    ['human resources', null],
    ['this is ridiculous', { by: 'frustration', detail: 'words' }],
    ['WHERE IS MY ORDER', { by: 'frustration', detail: 'capitals' }],
    ['where is it???', { by: 'frustration', detail: 'marks' }],
    ['thank you!!!', null],
    ['where is my parcel', null],
  ])('hears "%s"', (text, cause) => {
    expect(of(text)).toEqual(cause);
  });

  it.each(['I will take legal action', 'can I talk to a human', 'this is ridiculous'])(
    'asks for nobody by "%s" unless it is set',
    (text) => {
      expect(of(text, {})).toBeNull();
    },
  );

  it('hears the bot fail so often in a row', () => {
    const after = (fallbacks: number) => {
      const { conversation } = new Story();
      return { ...conversation, botStretch: { ...conversation.botStretch, fallbacks } };
    };
    const hears = (fallbacks: number, rules: Record<string, unknown>) =>
      ruleThatAsks(policyWith(rules), after(fallbacks), 'fallback', START);
    expect(hears(2, { fallbacksInARow: 3 })).toBeNull();
    expect(hears(3, { fallbacksInARow: 3 })).toEqual({ by: 'fallbacks', detail: '3' });
    expect(hears(20, {})).toBeNull();
  });

  it.each([
    ['handovers are off', { handover: HandoverSettingsSchema.parse({ enabled: false, rules: everything }) }, {}],
    ['Crisp is not connected', { websiteId: null }, {}],
    ['an agent has the floor', {}, { floor: 'agent' }],
    ['somebody is looked for', {}, { floor: 'escalating' }],
    ['the bot is silenced', {}, { mutedUntil: START + 1 }],
    [
      'he is asked for his address',
      {},
      {
        followUp: {
          step: 'address',
          handoverId: '',
          websiteId: '',
          category: null,
          email: null,
          sessionId: null,
          asked: 1,
          answerUntil: null,
          beganAt: 0,
        },
      },
    ],
    ['nobody came for the same a moment ago', {}, { nobodyCame: { at: START - RULE_COOL_DOWN + 1, by: 'asks-for-human', wrote: true } }],
  ] as const)('is silent while %s', (_when, policy, state) => {
    const of = { ...policyWith(everything), ...policy };
    expect(ruleThatAsks(of, { ...new Story().conversation, ...state }, { text: 'a human please' }, START)).toBeNull();
  });

  it.each([
    ['something else', { at: START - 1, by: 'fallbacks', wrote: true }],
    ['the same, longer ago', { at: START - RULE_COOL_DOWN, by: 'asks-for-human', wrote: true }],
  ] as const)('asks again where nobody came for %s', (_what, nobodyCame) => {
    const state = { ...new Story().conversation, nobodyCame };
    expect(ruleThatAsks(policyWith(everything), state, { text: 'a human please' }, START)).toEqual({ by: 'asks-for-human' });
  });
});

describe('words that ask for a human', () => {
  it('wait for him, with their cause and the category of the rules, and the bot is not asked', () => {
    const story = new Story(policyWith(everything)).happens(says('I want to talk to a human'));
    expect(story.asked).toEqual(['mode:escalating', 'bot.muted', 'handover.requested', 'desk:ask-availability']);
    expect(story.actions.find((action) => action.do === 'announce')).toMatchObject({
      event: { data: { requested_by: 'rule', category: 'care', cause: { by: 'asks-for-human' } } },
    });
    expect(story.conversation.held).toMatchObject([{ text: 'I want to talk to a human' }]);
    story.agentsAreThere();
    expect(story.asked).toContain('desk:post-visitor-words');
  });

  it('are the turn of the bot when nobody is there, and the next ones, too', () => {
    const story = new Story(policyWith(everything)).happens(says('I want to talk to a human'));
    story.happens(aFact('availability-known', { handoverId: story.handoverId, answer: 'nobody-online' }));
    expect(story.asked).toContain('bot.turn');
    story.later(60_000).happens(says('a human please'));
    expect(story.asked).toEqual(['bot.turn']);
    story.later(RULE_COOL_DOWN).happens(says('a human please'));
    expect(story.asked).toContain('handover.requested');
  });

  it('are the turn of the bot at once when the team is closed', () => {
    const closed = { timeZone: 'Europe/Berlin', weekly: {} };
    const story = new Story(policyWith(everything, { hours: closed })).happens(says('I want to talk to a human'));
    expect(story.asked).toEqual(['handover.requested', 'handover.declined', 'bot.turn']);
    expect(story.conversation.held).toEqual([]);
  });

  it('are none when they are the title of a tap', () => {
    expect(new Story(policyWith(everything)).happens(says('Talk to a human', 'HUMAN')).asked).toEqual(['bot.turn']);
  });

  it('are heard when the same is asked a third time in one talk', () => {
    const story = new Story(policyWith(everything));
    for (const text of ['Where is my order?', 'where is my order', 'hello', 'yes'])
      expect(story.happens(says(text)).asked).toEqual(['bot.turn']);
    story.happens(says('WHERE is my order?!'));
    expect(story.actions).toContainEqual(
      expect.objectContaining({
        do: 'announce',
        event: expect.objectContaining({ data: expect.objectContaining({ cause: { by: 'frustration', detail: 'asked-again' } }) }),
      }),
    );
  });
});

describe('a bot that has no answer', () => {
  const rules = { fallbacksInARow: 2, category: 'care' };

  it('is helped after so many in a row, when its line was shown', () => {
    const story = new Story(policyWith(rules));
    story.happens(says('a')).happens(fails(story)).happens(says('b'));
    expect(story.asked).toEqual(['bot.turn']);
    story.happens(fails(story));
    expect(story.shown).toEqual(['Sorry?', en.texts.oneMoment]);
    expect(story.conversation.handover).toMatchObject({ requestedBy: 'rule', category: 'care', cause: { by: 'fallbacks', detail: '2' } });
  });

  it('begins anew after an answer', () => {
    const story = new Story(policyWith(rules));
    story.happens(says('a')).happens(fails(story));
    story.happens(aFact('bot-answered', { messages: [{ text: 'Here it is' }] })).happens(fails(story));
    expect(story.conversation.floor).toBe('bot');
  });

  it('is heard with its own category and call first', () => {
    const story = new Story(policyWith(rules)).happens(says('a'));
    story.happens({ ...fails(story), turn: null, category: 'billing' }).happens({ ...fails(story), turn: null, category: 'billing' });
    expect(story.conversation.handover).toMatchObject({ requestedBy: 'rule', category: 'billing' });
    const other = new Story(policyWith(rules)).happens(says('a'));
    other.happens({ ...fails(other), turn: null }).happens({ ...fails(other), turn: null, needHelp: true, reason: 'twice' });
    expect(other.conversation.handover).toMatchObject({ requestedBy: 'bot', category: null, cause: { by: 'bot', detail: 'twice' } });
  });
});
