import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { BACK_TO_BOT } from '@baton/contracts';
import { Story, aFact } from './conversation.builder.js';
import type { AvailabilityAnswer, Fact } from './facts.js';

/** Something happens, possibly late or again; which handover it is about is decided when it does. */
type Step = (story: Story) => Fact;

const SESSIONS = ['session_a', 'session_b', 'session_c'];
const session = fc.constantFrom(...SESSIONS);
/** Crisp's clock wanders: facts come from up to two hours ago to a minute ahead. */
const skew = fc.integer({ min: -7_200_000, max: 60_000 });
const which = fc.constantFrom<'open' | 'last' | 'none'>('open', 'open', 'open', 'last', 'none');
const handoverOf = (story: Story, w: 'open' | 'last' | 'none') =>
  w === 'open' ? story.handoverId : w === 'last' ? (story.conversation.lastHandover?.id ?? 'none') : 'none';
const sessionOf = (story: Story, w: 'open' | 'last' | 'none', other: string) =>
  (w === 'open' ? story.conversation.handover?.sessionId : w === 'last' ? story.conversation.lastHandover?.sessionId : null) ?? other;

const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 5,
    arbitrary: fc.boolean().map(
      (back): Step =>
        () =>
          back ? aFact('visitor-wrote', { body: { type: 'text', text: 'b', payload: BACK_TO_BOT } }) : aFact('visitor-wrote'),
    ),
  },
  { weight: 5, arbitrary: fc.constant<Step>(() => aFact('visitor-wrote')) },
  {
    weight: 6,
    arbitrary: fc
      .record({
        needHelp: fc.boolean(),
        muted: fc.constantFrom(true, false, null),
        speaks: fc.boolean(),
        lag: fc.integer({ min: 0, max: 3 }),
        free: fc.boolean(),
      })
      .map(
        ({ needHelp, muted, speaks, lag, free }): Step =>
          (story) =>
            aFact('bot-answered', {
              needHelp,
              muted,
              messages: speaks ? [{ text: 'bot' }] : [],
              turn: free || story.conversation.turn === 0 ? null : story.conversation.turn,
              epoch: free ? null : Math.max(0, story.conversation.epoch - lag),
            }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        which,
        fc.constantFrom(
          'yes',
          'yes',
          'nobody-online',
          'nobody-for-category',
          'crisp-unreachable',
          'quota',
        ) as fc.Arbitrary<AvailabilityAnswer>,
      )
      .map(
        ([w, answer]): Step =>
          (s) =>
            aFact('availability-known', { handoverId: handoverOf(s, w), answer }),
      ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(which, session).map(
      ([w, sessionId]): Step =>
        (s) =>
          aFact('desk-opened', { handoverId: handoverOf(s, w), sessionId }),
    ),
  },
  {
    weight: 4,
    arbitrary: which.map(
      (w): Step =>
        (s) =>
          aFact('first-message-posted', { handoverId: handoverOf(s, w) }),
    ),
  },
  {
    weight: 1,
    arbitrary: which.map(
      (w): Step =>
        (s) =>
          aFact('opening-failed', { handoverId: handoverOf(s, w) }),
    ),
  },
  {
    weight: 1,
    arbitrary: which.map(
      (w): Step =>
        (s) =>
          aFact('word-refused', { handoverId: handoverOf(s, w) }),
    ),
  },
  {
    weight: 4,
    arbitrary: fc.tuple(which, session, skew).map(
      ([w, other, d]): Step =>
        (s) =>
          aFact('agent-wrote', { sessionId: sessionOf(s, w, other), at: s.now + d }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .tuple(
        which,
        session,
        skew,
        fc.constantFrom('resolved', 'unresolved', 'pending') as fc.Arbitrary<'resolved' | 'unresolved' | 'pending'>,
      )
      .map(
        ([w, other, d, state]): Step =>
          (s) =>
            aFact('desk-state', { sessionId: sessionOf(s, w, other), at: s.now + d, state }),
      ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, session, skew).map(
      ([w, other, d]): Step =>
        (s) =>
          aFact('desk-removed', { sessionId: sessionOf(s, w, other), at: s.now + d }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(which, session).map(
      ([w, other]): Step =>
        (s) =>
          aFact('desk-taken', { sessionId: sessionOf(s, w, other) }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc
      .tuple(which, session, fc.constantFrom('agent', 'bot', 'system'), fc.constantFrom('line', 'waiting', 'correction', 'removal'))
      .map(
        ([w, other, author, what]): Step =>
          (s) =>
            aFact('delivery-failed', { sessionId: sessionOf(s, w, other), author, what }),
      ),
  },
  { weight: 2, arbitrary: fc.constant<Step>(() => aFact('answered-elsewhere')) },
  {
    weight: 1,
    arbitrary: fc.constantFrom('de', null).map(
      (locale): Step =>
        () =>
          aFact('visitor-known', { locale }),
    ),
  },
  { weight: 2, arbitrary: fc.constant<Step>(() => aFact('time-passed')) },
);

const story = fc.array(fc.record({ step, wait: fc.integer({ min: 0, max: 900_000 }) }), { minLength: 1, maxLength: 60 });
const RUNS = { numRuns: 1_500 };

describe('whatever happens, in whatever order', () => {
  it('epoch, floor, episode and numbering agree after every fact', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) {
          const before = s.conversation;
          s.later(wait).happens(step(s));
          const after = s.conversation;
          expect(after.handover === null).toBe(after.floor === 'bot');
          expect(after.epoch - before.epoch).toBeGreaterThanOrEqual(after.floor === before.floor ? 0 : 1);
          const numbers = s.actions.flatMap((action) => ('deliverySequence' in action ? [action.deliverySequence] : []));
          expect(numbers).toEqual(
            Array.from({ length: after.deliverySequence - before.deliverySequence }, (_, i) => before.deliverySequence + 1 + i),
          );
          const fingerprints = s.all.flatMap((action) =>
            action.do === 'desk' && 'fingerprint' in action.work ? [action.work.fingerprint] : [],
          );
          expect(new Set(fingerprints).size).toBe(fingerprints.length);
        }
      }),
      RUNS,
    );
  });

  it('the bot never speaks over an agent', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) {
          const { floor, botStays, elsewhereSince } = s.conversation;
          const fact = step(s.later(wait));
          s.happens(fact);
          const spoke = s.actions.some((action) => action.do === 'deliver' && action.line.author.kind === 'bot');
          if (spoke && fact.kind === 'bot-answered') {
            expect(floor === 'bot' || (botStays && floor !== 'agent')).toBe(true);
            expect(elsewhereSince === null || fact.needHelp).toBe(true);
          }
          const heard = s.actions.some((action) => action.do === 'tell-bot' && action.event.type === 'bot.turn');
          if (heard) expect(s.conversation.floor === 'bot' || (s.conversation.botStays && s.conversation.floor !== 'agent')).toBe(true);
        }
      }),
      RUNS,
    );
  });

  it("every word of the visitor is heard by the bot or brought to the agents, and none of an agent's is dropped", () => {
    fc.assert(
      fc.property(story, (steps) => {
        const s = new Story();
        const said: string[] = [];
        for (const { step, wait } of steps) {
          const fact = step(s.later(wait));
          s.happens(fact);
          if (fact.kind === 'agent-wrote') {
            expect(s.actions.some((action) => action.do === 'deliver' && action.line.messageId === fact.messageId)).toBe(true);
          }
          if (fact.kind === 'visitor-wrote' && !(fact.body.type === 'text' && fact.body.payload === BACK_TO_BOT)) said.push(fact.messageId);
        }
        const heard = new Set(s.conversation.held.map((word) => word.messageId));
        for (const action of s.all) {
          if (action.do === 'desk' && action.work.kind === 'post-visitor-words') heard.add(action.work.messageId);
          if (action.do === 'tell-bot' && action.event.type === 'bot.turn')
            for (const message of action.event.data.messages) heard.add(message.id);
        }
        expect(said.filter((id) => !heard.has(id))).toEqual([]);
      }),
      RUNS,
    );
  });

  it('nobody is stranded: when the other side stays silent, time alone gives a waiting visitor back to the bot', () => {
    fc.assert(
      fc.property(story, (steps) => {
        const s = new Story();
        for (const { step, wait } of steps) s.later(wait).happens(step(s));
        s.happens(aFact('visitor-wrote'));
        for (let rings = 0; s.conversation.timers.length > 0; rings += 1) {
          expect(rings).toBeLessThan(20);
          s.now = Math.max(s.now, Math.min(...s.conversation.timers.map((timer) => timer.dueAt)));
          s.happens(aFact('time-passed'));
        }
        expect(s.conversation.floor).toBe('bot');
        expect(s.conversation.mutedUntil).toBeNull();
        expect(s.conversation.held).toEqual([]);
      }),
      RUNS,
    );
  });
});
