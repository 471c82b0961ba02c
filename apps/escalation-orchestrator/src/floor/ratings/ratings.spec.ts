import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { HandoverSettingsSchema, STILL_NEED_HELP, ratingTap } from '@baton/contracts';
import { Story, aFact, aPolicy } from '../conversation.builder.js';
import type { Fact } from '../facts.js';
import { starsIn } from './rating-taps.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

const policy = aPolicy({ handover: HandoverSettingsSchema.parse({ ratings: { human: true, bot: true, botSilenceSeconds: 300 } }) });
const QUESTION = 'You are back with the assistant.\nHow was your talk with Mia?';
const BOT_QUESTION = 'Was this helpful?';

function resolve(story: Story): Story {
  return story.later(MINUTE).happens(aFact('desk-state', { at: story.now }));
}

/** Mia helped, and resolved the conversation. */
function resolved(channel: 'webchat' | 'messenger' = 'webchat'): Story {
  const story = new Story(policy, channel).askedForHelp().accepted();
  return resolve(story.happens(aFact('agent-wrote', { at: story.now })));
}

const tapped = (payload: string, text = 'tap') => aFact('visitor-wrote', { body: { type: 'text', text, payload } });
const stars = (story: Story, count: 1 | 2 | 3 | 4 | 5) =>
  tapped(ratingTap({ handoverId: story.conversation.lastHandover!.id, stars: count }));

function given(story: Story, from: readonly { do: string }[] = story.actions) {
  return (from as Story['actions']).flatMap((action) => (action.do === 'rate' ? [action.rating] : []));
}

function tapsOf(story: Story) {
  return story.actions.flatMap((action) =>
    action.do === 'deliver' && action.line.body.type === 'text' ? (action.line.body.quickReplies ?? []) : [],
  );
}

describe('after a human', () => {
  it.each(['webchat', 'messenger'] as const)(
    'the visitor is asked in the line that ends it, beside the way back to help (%s)',
    (channel) => {
      const story = resolved(channel);
      expect(story.shown).toEqual([QUESTION]);
      expect(tapsOf(story).map(({ title }) => title)).toEqual(['I still need help', '5 ★', '4 ★', '3 ★', '2 ★', '1 ★']);
      expect(tapsOf(story)[0]!.payload).toBe(STILL_NEED_HELP);
    },
  );
  it('his tap counts: he is thanked, the agents read it, nobody else hears of it, and help is still a tap away', () => {
    const story = resolved();
    story.happens(stars(story, 4));
    expect(given(story)).toEqual([
      { stretch: 'human', handoverId: story.conversation.lastHandover!.id, number: 1, stars: 4, comment: null, via: 'channel' },
    ]);
    expect([story.shown, story.asked]).toEqual([['Thank you for telling us.'], ['desk:post-note']]);
    expect(tapsOf(story).map(({ payload }) => payload)).toEqual([STILL_NEED_HELP]);
  });
  it('a second tap changes nothing, and says nothing', () => {
    const story = resolved();
    story.happens(stars(story, 4)).happens(stars(story, 1));
    expect([given(story), story.shown, story.asked]).toEqual([[], [], []]);
  });
  it('he skips it by going on: the bot hears him, and is not given the question again', () => {
    const story = resolved().happens(aFact('visitor-wrote'));
    expect([story.asked, story.conversation.rating]).toEqual([['bot.turn'], null]);
    story.happens(aFact('bot-answered', { turn: story.conversation.turn, messages: [{ text: 'Well' }] }));
    expect(tapsOf(story)).toEqual([]);
  });
  it('an old tap counts for its handover within a day, whoever has the floor', () => {
    const story = resolved();
    const tap = stars(story, 2);
    story.happens(aFact('visitor-wrote')).later(HOUR).askedForHelp();
    story.happens(tap);
    expect([given(story).map(({ number }) => number), story.conversation.floor]).toEqual([[1], 'escalating']);
    const late = resolved();
    late.later(24 * HOUR + 1).happens(stars(late, 2));
    expect([given(late), late.asked]).toEqual([[], []]);
  });
  it('a tap on nothing that was asked is nobody’s word', () => {
    const story = resolved().happens(tapped(ratingTap({ handoverId: '00000000-0000-4000-8000-000000000000', stars: 5 })));
    expect([given(story), story.shown, story.asked]).toEqual([[], [], []]);
  });
  it('what he writes counts where it is stars alone', () => {
    const story = resolved().happens(aFact('visitor-wrote', { body: { type: 'text', text: '★★★' } }));
    expect(given(story).map((one) => one.stars)).toEqual([3]);
  });
  it('nobody is asked when no agent spoke, when it is switched off, or when a timer ended it', () => {
    const unspoken = resolve(new Story(policy).askedForHelp().accepted());
    const off = new Story().askedForHelp().accepted();
    off.happens(aFact('agent-wrote', { at: off.now }));
    const silent = new Story(policy).askedForHelp().accepted();
    silent
      .happens(aFact('agent-wrote', { at: silent.now }))
      .happens(aFact('visitor-wrote'))
      .later(2 * HOUR)
      .happens(aFact('time-passed'));
    expect([unspoken, resolve(off), silent].flatMap((story) => story.conversation.ratings)).toEqual([]);
  });
  it('who is called back is asked once more only if he had not answered', () => {
    const answered = resolved();
    answered.happens(stars(answered, 5)).happens(aFact('desk-state', { at: answered.now + 1, state: 'unresolved' }));
    resolve(answered.happens(aFact('agent-wrote', { at: answered.now })));
    expect(answered.shown).toEqual(['You are back with the assistant.']);
    const open = resolved();
    open.happens(aFact('desk-state', { at: open.now + 1, state: 'unresolved' }));
    expect(resolve(open.happens(aFact('agent-wrote', { at: open.now }))).shown).toEqual([QUESTION]);
  });
});

describe("Crisp's own question", () => {
  it('counts once for the last handover of its session, beside the tap', () => {
    const story = resolved();
    story.happens(stars(story, 4)).happens(aFact('rated-at-desk', { stars: 2, comment: 'Slow' }));
    expect([given(story), story.shown, story.asked]).toEqual([
      [{ stretch: 'human', handoverId: story.conversation.lastHandover!.id, number: 1, stars: 2, comment: 'Slow', via: 'crisp' }],
      [],
      [],
    ]);
    expect(given(story.happens(aFact('rated-at-desk', { stars: 5 })))).toEqual([]);
  });
  it('is heard while the human still has the floor, and nobody is asked the same again', () => {
    const story = new Story(policy).askedForHelp().accepted();
    story.happens(aFact('agent-wrote', { at: story.now })).happens(aFact('rated-at-desk'));
    expect(given(story).map(({ number }) => number)).toEqual([1]);
    expect(resolve(story).shown).toEqual(['You are back with the assistant.']);
  });
  it('in a session we do not know says nothing', () => {
    expect(given(resolved().happens(aFact('rated-at-desk', { sessionId: 'session_of_another' })))).toEqual([]);
  });
});

/** The bot answered so many times, and the visitor is there. */
function talked(answers: number, channel: 'webchat' | 'messenger' = 'webchat'): Story {
  const story = new Story(policy, channel).happens(aFact('visitor-presence', { present: true }));
  for (let n = 0; n < answers; n += 1) {
    story.happens(aFact('visitor-wrote')).happens(aFact('bot-answered', { turn: story.conversation.turn, messages: [{ text: 'So' }] }));
  }
  return story;
}
const fallsSilent = (story: Story, ms = 5 * MINUTE) => story.later(ms).happens(aFact('time-passed'));

describe('after a talk with the bot', () => {
  it('who says nothing for a while is asked once, and his tap counts', () => {
    const story = fallsSilent(talked(2));
    expect([story.shown, tapsOf(story).length]).toEqual([[BOT_QUESTION], 5]);
    story.happens(tapped(ratingTap({ handoverId: null, stars: 5 })));
    expect(given(story)).toEqual([{ stretch: 'bot', handoverId: null, number: 0, stars: 5, comment: null, via: 'channel' }]);
    expect(fallsSilent(story.happens(aFact('visitor-wrote'))).shown).toEqual([]);
  });
  it.each<[why: string, story: () => Story]>([
    ['one answer is too little', () => talked(1)],
    ['the bot owes an answer', () => talked(2).happens(aFact('visitor-wrote'))],
    ['he has left', () => talked(2).happens(aFact('visitor-presence', { present: false }))],
    ['the bot is muted', () => talked(2).happens(aFact('bot-answered', { muted: true }))],
    ['a human was asked for', () => talked(2).askedForHelp()],
  ])('nobody is asked when %s', (_why, story) => {
    expect(fallsSilent(story()).shown).not.toContain(BOT_QUESTION);
  });
  it('on Messenger nobody is known to be there, and everybody is asked', () => {
    expect(fallsSilent(talked(2, 'messenger').happens(aFact('visitor-presence', { present: false }))).shown).toEqual([BOT_QUESTION]);
  });
  it('who was asked about a human a moment ago is left alone; in the next talk he may be asked', () => {
    const story = resolved().happens(aFact('visitor-presence', { present: true }));
    const talk = () => {
      for (let n = 0; n < 2; n += 1)
        story.happens(aFact('visitor-wrote')).happens(aFact('bot-answered', { turn: story.conversation.turn, messages: [{ text: 'So' }] }));
      return story;
    };
    expect(fallsSilent(talk()).shown).toEqual([]);
    expect(fallsSilent(talk().later(15 * MINUTE)).shown).toEqual([BOT_QUESTION]);
  });
});

it.each([
  ['5 ★', 5],
  ['★★★★', 4],
  ['⭐️⭐️', 2],
  ['1★', 1],
  ['5', undefined],
  ['6 ★', undefined],
  ['★★★★★★', undefined],
  ['5 ★ and more', undefined],
  ['', undefined],
])('the stars of "%s" are %s', (text, count) => expect(starsIn(text)).toBe(count));

describe('whatever happens', () => {
  const steps = fc.array(
    fc.constantFrom<(story: Story) => Fact>(
      () => aFact('visitor-wrote'),
      (story) => aFact('bot-answered', { turn: story.conversation.turn || null, messages: [{ text: 'So' }] }),
      () => aFact('bot-answered', { needHelp: true }),
      (story) => aFact('availability-known', { handoverId: story.handoverId, answer: 'yes' }),
      (story) => aFact('desk-opened', { handoverId: story.handoverId }),
      (story) => aFact('first-message-posted', { handoverId: story.handoverId }),
      (story) => aFact('agent-wrote', { at: story.now }),
      (story) => aFact('desk-state', { at: story.now }),
      (story) => aFact('desk-state', { at: story.now, state: 'unresolved' }),
      () => aFact('rated-at-desk'),
      () => tapped(STILL_NEED_HELP),
      () => tapped(ratingTap({ handoverId: null, stars: 3 })),
      (story) => tapped(ratingTap({ handoverId: story.conversation.lastHandover?.id ?? null, stars: 5 })),
      (story) => tapped(ratingTap({ handoverId: story.conversation.ratings[0]?.handoverId ?? null, stars: 1 })),
      () => aFact('time-passed'),
    ),
    { maxLength: 60 },
  );
  it('a stretch is rated once by each way, no question is asked twice of it, and a rating was asked for', () => {
    fc.assert(
      fc.property(steps, (all) => {
        const story = new Story(policy).happens(aFact('visitor-presence', { present: true }));
        for (const step of all) story.later(2 * MINUTE).happens(step(story));
        const rated = given(story, story.all).map(({ stretch, number, via }) => `${stretch} ${number} ${via}`);
        expect(new Set(rated).size).toBe(rated.length);
        const asked = story.all.flatMap((action) =>
          action.do === 'deliver' && action.line.author.kind === 'system' && action.line.body.type === 'text' ? [action.line.body] : [],
        );
        const questions = asked
          .filter(({ text }) => text === BOT_QUESTION || text.endsWith(' with Mia?'))
          .map(({ quickReplies }) => {
            const payload = quickReplies?.at(-1)?.payload ?? '';
            return payload.includes(':bot:') ? null : payload;
          });
        const ofHumans = questions.filter((payload) => payload !== null);
        expect(new Set(ofHumans).size).toBe(ofHumans.length);
        const ofBot = story.all.filter((action) => action.do === 'rate' && action.rating.stretch === 'bot').length;
        expect(ofBot).toBeLessThanOrEqual(questions.length - ofHumans.length);
        expect(given(story, story.all).filter(({ stretch, via }) => stretch === 'human' && via === 'channel').length).toBeLessThanOrEqual(
          ofHumans.length,
        );
      }),
      { numRuns: 500 },
    );
  });
});
