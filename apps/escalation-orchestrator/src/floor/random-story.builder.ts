import fc from 'fast-check';
import { BACK_TO_BOT, CONTACT_BY_EMAIL, CONTINUE_WITH_BOT, OTHER_ADDRESS, STILL_NEED_HELP, USE_ADDRESS } from '@baton/contracts';
import { aFact } from './conversation.builder.js';
import type { Story } from './conversation.builder.js';
import type { AvailabilityAnswer, DeskCommand, Fact } from './facts.js';

/** Something happens, possibly late or again; which handover it is about is decided when it does. */
export type Step = (story: Story) => Fact;

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
    weight: 2,
    arbitrary: fc
      .tuple(
        which,
        session,
        skew,
        fc.constantFrom<DeskCommand>(
          { do: 'give-back', block: null },
          { do: 'hold', forMs: 1_200_000 },
          { do: 'hold', forMs: 60_000 },
          { do: 'hold', forMs: 0 },
          { do: 'why' },
        ),
      )
      .map(
        ([w, other, d, command]): Step =>
          (s) =>
            aFact('agent-commanded', { sessionId: sessionOf(s, w, other), at: s.now + d, command }),
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

/** Up to an hour and more of anything, in any order. */
export const randomStory = fc.array(fc.record({ step, wait: fc.integer({ min: 0, max: 900_000 }) }), { minLength: 1, maxLength: 60 });

const says =
  (text: string, payload?: string): Step =>
  () =>
    aFact('visitor-wrote', { body: { type: 'text', text, ...(payload === undefined ? {} : { payload }) } });

/** What is promised in words, by e-mail, by an agent who needs time, or by the bot; and every tap on what Baton asks. */
const promisingStep: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 3,
    arbitrary: fc
      .constantFrom(CONTACT_BY_EMAIL, CONTINUE_WITH_BOT, USE_ADDRESS, OTHER_ADDRESS, STILL_NEED_HELP)
      .map((payload) => says('tap', payload)),
  },
  { weight: 3, arbitrary: fc.constantFrom('ada@example.com', 'no address', 'stop waiting', 'human please').map((text) => says(text)) },
  {
    weight: 2,
    arbitrary: fc.boolean().map(
      (needHelp): Step =>
        () =>
          aFact('bot-answered', { needHelp, messages: [{ text: 'A colleague will get back to you shortly.' }] }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc
      .constantFrom<'follow-up-opened' | 'follow-up-failed'>('follow-up-opened', 'follow-up-opened', 'follow-up-failed')
      .map((kind): Step => (s) => {
        const handoverId = s.conversation.followUp?.handoverId ?? 'none';
        return kind === 'follow-up-opened'
          ? aFact(kind, { handoverId, sessionId: `session_mail_${handoverId}` })
          : aFact(kind, { handoverId });
      }),
  },
  {
    weight: 2,
    arbitrary: fc.constantFrom<'agent-wrote' | 'desk-state'>('agent-wrote', 'desk-state').map(
      (kind): Step =>
        (s) =>
          aFact(kind, { sessionId: s.conversation.followUp?.sessionId ?? 'session_a', at: s.now }),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(which, session, fc.integer({ min: 0, max: 3_600_000 })).map(
      ([w, other, forMs]): Step =>
        (s) =>
          aFact('agent-commanded', {
            sessionId: sessionOf(s, w, other),
            at: s.now,
            command: forMs < 600_000 ? { do: 'give-back', block: null } : { do: 'hold', forMs },
          }),
    ),
  },
);

/** What comes next when nothing goes wrong: on the way to agents, or to an answer by e-mail. */
const nextStep: Step = (story) => {
  const { handover, followUp, floor } = story.conversation;
  if (followUp?.step === 'opening') {
    const { handoverId } = followUp;
    return aFact('follow-up-opened', { handoverId, sessionId: `session_mail_${handoverId}` });
  }
  if (followUp?.step === 'address') return says('ada@example.com')(story);
  if (followUp?.step === 'confirm') return says('Yes', USE_ADDRESS)(story);
  if (floor === 'bot')
    return story.conversation.declined ? says('By e-mail', CONTACT_BY_EMAIL)(story) : aFact('bot-answered', { needHelp: true });
  const { handoverId } = story;
  if (handover?.step === 'asking') return aFact('availability-known', { handoverId, answer: 'yes' });
  if (handover?.sessionId === null) return aFact('desk-opened', { handoverId, sessionId: `session_${handoverId}` });
  if (floor === 'escalating') return aFact('first-message-posted', { handoverId });
  return aFact('visitor-wrote');
};

/** The same with everything that is promised on the way, and long enough to come that far. */
export const randomPromises = fc.array(
  fc.record({
    step: fc.oneof(
      { weight: 3, arbitrary: step },
      { weight: 2, arbitrary: promisingStep },
      { weight: 4, arbitrary: fc.constant(nextStep) },
    ),
    wait: fc.oneof(fc.integer({ min: 0, max: 5_000 }), fc.integer({ min: 0, max: 900_000 })),
  }),
  { minLength: 1, maxLength: 60, size: 'max' },
);
