import { z } from 'zod';
import { ChannelSchema } from '../conversation/channel.js';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

const About = {
  handover_id: UuidSchema,
  conversation_id: UuidSchema,
  bot_id: SlugSchema,
  channel: ChannelSchema,
  epoch: z.int().nonnegative(),
  at: TimeSchema,
  category: z.string().max(64).optional(),
};

const sampleAbout = {
  handover_id: '019b8d6e-7d10-7000-8000-0000000000b1',
  conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
  bot_id: 'demo',
  channel: 'webchat',
  epoch: 1,
  at: '2026-01-05T10:00:03.120Z',
  category: 'billing',
} as const;

/**
 * Why no human could be promised: outside business hours; inside them, but nobody is online, or nobody of this category; Crisp could not be
 * asked, or not prepared in time; handovers are switched off; or Crisp's quota is used up.
 */
export const DeclineReasonSchema = z.enum([
  'closed',
  'nobody-online',
  'nobody-for-category',
  'crisp-unreachable',
  'took-too-long',
  'channel-off',
  'quota',
]);
export type DeclineReason = z.output<typeof DeclineReasonSchema>;

/** What made somebody ask for a human: which rule, and what of it. */
export const CauseSchema = z.object({
  by: z.enum(['bot', 'api', 'agent', 'visitor', 'fallbacks', 'words', 'asks-for-human', 'frustration', 'kill-switch']),
  detail: z.string().max(255).optional(),
});
export type Cause = z.output<typeof CauseSchema>;

export const TimeoutKindSchema = z.enum(['no-accept', 'no-first-answer', 'silence']);
export type TimeoutKind = z.output<typeof TimeoutKindSchema>;

/** What the visitor thought of a stretch, told in his channel or by Crisp's own question. */
export const RatingSchema = z.object({
  stretch: z.enum(['bot', 'human']),
  stars: z.int().min(1).max(5),
  comment: z.string().max(1_000).optional(),
  via: z.enum(['channel', 'crisp']),
  at: TimeSchema,
});
export type Rating = z.output<typeof RatingSchema>;

/** Facts only; rates are made of them by whoever asks. */
export const OutcomeSchema = z.object({
  /** Rises each time it is told of this handover. */
  revision: z.int().positive(),
  /** Which handover of the conversation, from 1. */
  number: z.int().positive(),
  requested_by: z.string().max(16),
  cause: CauseSchema.optional(),
  requested_at: TimeSchema,
  accepted_at: TimeSchema.optional(),
  /** The first word of a human. */
  first_answer_at: TimeSchema.optional(),
  ended_at: TimeSchema.optional(),
  end: z.enum(['resolved', 'declined', 'timed-out', 'cancelled', 'followed-up']).optional(),
  /** Why it was declined, which timer it was, or who cancelled. */
  detail: z.string().max(64).optional(),
  /** It was accepted, and ended without a word of a human. */
  abandoned: z.boolean(),
  /** It was taken up again. */
  reopened: z.boolean(),
  /** How the promises of this handover ended; each is counted once. */
  promises: z.object({
    kept: z.int().nonnegative(),
    cancelled: z.int().nonnegative(),
    apologised: z.int().nonnegative(),
    /** More than a minute after their time, however they ended, or open still by then. */
    broken: z.int().nonnegative(),
  }),
  ratings: z.array(RatingSchema).max(10),
});
export type Outcome = z.output<typeof OutcomeSchema>;

export const handovers = defineTopic({
  name: 'handovers',
  summary: 'The life of each handover, for anyone who wants to know.',
  isPublic: true,
  key: (data) => data.conversation_id,
  events: {
    'handover.requested': defineEvent({
      version: 3,
      summary: 'A human was asked for.',
      data: z.object({
        ...About,
        requested_by: z.enum(['bot', 'api', 'agent', 'visitor', 'rule']),
        reason: z.string().max(500).optional(),
        cause: CauseSchema.optional(),
        /** The handover that this one takes up again. */
        reopens: UuidSchema.optional(),
      }),
      sample: { ...sampleAbout, requested_by: 'bot', cause: { by: 'bot' } },
    }),
    'handover.accepted': defineEvent({
      version: 1,
      summary: 'Agents are there and the conversation is in their inbox; the visitor was told.',
      data: z.object({ ...About, crisp_website_id: UuidSchema, crisp_session_id: z.string() }),
      sample: {
        ...sampleAbout,
        crisp_website_id: '11111111-2222-4333-8444-555555555555',
        crisp_session_id: 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
      },
    }),
    'handover.declined': defineEvent({
      version: 2,
      summary: 'No human could be promised; the bot has the floor again.',
      data: z.object({
        ...About,
        reason: DeclineReasonSchema,
        /** When business hours begin again; only with `closed`. */
        opens_at: TimeSchema.optional(),
      }),
      sample: { ...sampleAbout, reason: 'closed', opens_at: '2026-01-06T08:00:00.000Z' },
    }),
    'handover.connected': defineEvent({
      version: 1,
      summary: 'An agent wrote the first word.',
      data: z.object({ ...About, agent: z.object({ name: z.string().max(255) }) }),
      sample: { ...sampleAbout, agent: { name: 'Mia' } },
    }),
    'handover.resolved': defineEvent({
      version: 1,
      summary: 'The agent is done; the bot has the floor again.',
      data: z.object({
        ...About,
        /** Somebody may take it up again until then. */
        reopenable_until: TimeSchema.optional(),
      }),
      sample: sampleAbout,
    }),
    'handover.timed-out': defineEvent({
      version: 1,
      summary: 'Nobody accepted, answered or went on in time; the bot has the floor again.',
      data: z.object({ ...About, timeout: TimeoutKindSchema }),
      sample: { ...sampleAbout, timeout: 'no-first-answer' },
    }),
    'handover.cancelled': defineEvent({
      version: 1,
      summary: 'The visitor went back to the bot.',
      data: z.object({ ...About, cancelled_by: z.enum(['visitor', 'bot']) }),
      sample: { ...sampleAbout, cancelled_by: 'visitor' },
    }),
    'handover.followed-up': defineEvent({
      version: 1,
      summary: 'Nobody was there: the visitor gave his e-mail address, and the conversation is in the inbox for an answer by e-mail.',
      data: z.object({
        ...About,
        crisp_website_id: UuidSchema,
        crisp_session_id: z.string(),
        /** What the visitor was told: an answer until then. */
        answer_until: TimeSchema,
      }),
      sample: {
        ...sampleAbout,
        crisp_website_id: '11111111-2222-4333-8444-555555555555',
        crisp_session_id: 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee',
        answer_until: '2026-01-06T10:00:00.000Z',
      },
    }),
    'handover.outcome': defineEvent({
      version: 2,
      summary: 'The facts of a handover that has ended, and again when one of them changes (a rating, a promise, taken up again).',
      data: z.object({ ...About, outcome: OutcomeSchema }),
      sample: {
        ...sampleAbout,
        outcome: {
          revision: 1,
          number: 1,
          requested_by: 'bot',
          cause: { by: 'bot' },
          requested_at: '2026-01-05T10:00:03.120Z',
          accepted_at: '2026-01-05T10:00:04.000Z',
          first_answer_at: '2026-01-05T10:01:10.000Z',
          ended_at: '2026-01-05T10:09:00.000Z',
          end: 'resolved',
          abandoned: false,
          reopened: false,
          promises: { kept: 2, cancelled: 0, apologised: 0, broken: 0 },
          ratings: [{ stretch: 'human', stars: 5, via: 'channel', at: '2026-01-05T10:09:20.000Z' }],
        },
      },
    }),
  },
});
