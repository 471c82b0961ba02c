import { z } from 'zod';
import { ChannelSchema } from '../conversation/channel.js';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

const About = {
  conversation_id: UuidSchema,
  bot_id: SlugSchema,
  channel: ChannelSchema,
  /** Raised by each change of the floor. */
  epoch: z.int().nonnegative(),
  at: TimeSchema,
};

const sampleAbout = {
  conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
  bot_id: 'demo',
  channel: 'webchat',
  epoch: 0,
  at: '2026-01-05T10:00:03.120Z',
} as const;

export const HUMAN_LINE = z.object({
  from: z.enum(['visitor', 'agent']),
  name: z.string().max(255).optional(),
  text: z.string(),
  at: TimeSchema,
});

const SAID = z.object({ name: z.string().max(255).optional(), text: z.string().max(16_000), at: TimeSchema });

/** What the bot should know of a human stretch that has ended: whose words they were, word for word. */
export const CapsuleSchema = z.object({
  handover_id: UuidSchema,
  category: z.string().max(64).optional(),
  began_at: TimeSchema,
  ended_at: TimeSchema,
  agents: z.array(z.string().max(255)).max(20),
  /** Every line of agents, the last ones where there were more. */
  said: z.array(SAID).max(100),
  /** Of these, what they said they would do. */
  promised: z.array(SAID).max(20),
  /** Of these, what they said is so or was done. */
  decided: z.array(SAID).max(20),
  /** The stretch in a few of its own sentences. */
  extract: z.string().max(1_000),
  /** Which block of its flow the bot is to go on with, by its settings. */
  continue_with: z.string().max(255).optional(),
});
export type Capsule = z.output<typeof CapsuleSchema>;

const TURN_MESSAGE = z.object({
  id: UuidSchema,
  text: z.string(),
  payload: z.string().optional(),
  at: TimeSchema,
  /** The message that it answers, where the channel lets the visitor point at one: how it begins and, where it is known, its id. */
  reply_to: z.object({ message_id: UuidSchema.optional(), excerpt: z.string().min(1).max(200) }).optional(),
  /** The link or ad by which the visitor came (the `ref` of Messenger); with his first words after it. */
  came_by: z.string().min(1).max(255).optional(),
});

export const botTurns = defineTopic({
  name: 'bot-turns',
  summary: 'What the bot has to answer, and when it must be silent.',
  isPublic: true,
  key: (data) => data.conversation_id,
  events: {
    'bot.turn': defineEvent({
      version: 1,
      summary: 'The bot has the floor and this to answer; answer with the same turn and epoch.',
      data: z.object({
        ...About,
        turn: z.int().positive(),
        messages: z.array(TURN_MESSAGE).min(1),
        locale: z.string().max(35).optional(),
      }),
      sample: {
        ...sampleAbout,
        turn: 4,
        messages: [{ id: '019b8d6e-7d10-7000-8000-000000000043', text: 'I want to talk to a human', at: '2026-01-05T10:00:03.120Z' }],
      },
    }),
    'bot.muted': defineEvent({
      version: 1,
      summary: 'The bot lost the floor; what it says now is not delivered.',
      data: z.object({ ...About, reason: z.enum(['handover-requested', 'agent-took-over', 'asked-by-bot']) }),
      sample: { ...sampleAbout, epoch: 1, reason: 'handover-requested' },
    }),
    'bot.unmuted': defineEvent({
      version: 1,
      summary: 'The bot has the floor again, with what was said meanwhile.',
      data: z.object({
        ...About,
        reason: z.enum(['resolved', 'declined', 'timed-out', 'cancelled', 'mute-expired', 'asked-by-bot']),
        human_stretch: z.array(HUMAN_LINE).max(200),
        /** Which block of its flow the bot is to go on with, by its settings or as an agent chose; also where no human came. */
        continue_with: z.string().max(255).optional(),
        /** With the end of a handover in which a human spoke. */
        capsule: CapsuleSchema.optional(),
      }),
      sample: {
        ...sampleAbout,
        epoch: 4,
        reason: 'resolved',
        human_stretch: [{ from: 'agent', name: 'Mia', text: 'Your parcel leaves today.', at: '2026-01-05T10:05:00.000Z' }],
      },
    }),
    'bot.answer-rejected': defineEvent({
      version: 3,
      summary: 'An answer was not delivered, and why.',
      data: z.object({
        ...About,
        answer_id: z.string().max(255),
        reason: z.enum([
          'not-your-floor',
          'stale-epoch',
          'unknown-turn',
          'already-answered',
          'unknown-conversation',
          'wrong-bot',
          'muted',
          'promises',
          'budget',
          'kill-switch',
        ]),
      }),
      sample: { ...sampleAbout, answer_id: '019b8d6e-7d10-7000-8000-0000000000aa', reason: 'stale-epoch' },
    }),
  },
});
