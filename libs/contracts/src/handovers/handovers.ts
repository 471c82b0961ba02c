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

/** Why a request for a human was declined: nobody online, no answer in time, switched off, Crisp could not be reached, or it took too long. */
export const DeclineReasonSchema = z.enum(['no-agent', 'availability-unknown', 'channel-off', 'crisp-down', 'took-too-long']);
export type DeclineReason = z.output<typeof DeclineReasonSchema>;

export const TimeoutKindSchema = z.enum(['no-accept', 'no-first-answer', 'silence']);
export type TimeoutKind = z.output<typeof TimeoutKindSchema>;

export const handovers = defineTopic({
  name: 'handovers',
  summary: 'The life of each handover, for anyone who wants to know.',
  isPublic: true,
  key: (data) => data.conversation_id,
  events: {
    'handover.requested': defineEvent({
      version: 1,
      summary: 'A human was asked for.',
      data: z.object({ ...About, requested_by: z.enum(['bot', 'api', 'agent']), reason: z.string().max(500).optional() }),
      sample: { ...sampleAbout, requested_by: 'bot' },
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
      version: 1,
      summary: 'No human could be promised; the bot has the floor again.',
      data: z.object({ ...About, reason: DeclineReasonSchema }),
      sample: { ...sampleAbout, reason: 'no-agent' },
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
      data: z.object(About),
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
  },
});
