import { z } from 'zod';
import { ChannelSchema } from '../conversation/channel.js';
import { FloorSchema } from '../conversation/floor.js';
import { AuthorSchema, MessageBodySchema } from '../conversation/message-body.js';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

const To = {
  conversationId: UuidSchema,
  botId: SlugSchema,
  channel: ChannelSchema,
  address: z.string().min(1).max(255),
  at: TimeSchema,
};

const Sequenced = {
  ...To,
  /** Gap-free per conversation, from 1, in the order the orchestrator decided. */
  deliverySequence: z.int().positive(),
  /** The conversation's epoch when this was decided. */
  epoch: z.int().nonnegative(),
};

const sampleTo = {
  conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
  botId: 'demo',
  channel: 'webchat',
  address: 'v_6f1c',
  at: '2026-01-05T10:00:03.120Z',
} as const;

export const deliveries = defineTopic({
  name: 'deliveries',
  summary: 'What is to be brought to the visitor, in order.',
  key: (data) => data.conversationId,
  events: {
    'delivery.message': defineEvent({
      version: 1,
      summary: 'Show this message.',
      data: z.object({
        ...Sequenced,
        messageId: UuidSchema,
        author: AuthorSchema,
        body: MessageBodySchema,
        /** May still be withdrawn when a higher epoch arrives: bot lines and keep-alives; never what a human said. */
        withdrawable: z.boolean(),
        /** Where it was written, when not in the visitor's own channel: `crisp`, `email`. */
        via: z.string().max(32).optional(),
        /** He has it by e-mail: it is shown in its place, without a sound and not as new. */
        mailed: z.boolean().optional(),
      }),
      sample: {
        ...sampleTo,
        deliverySequence: 7,
        epoch: 3,
        messageId: '019b8d6e-7d10-7000-8000-000000000042',
        author: { kind: 'agent', name: 'Mia' },
        body: { type: 'text', text: 'Hello, I am taking over from the assistant.' },
        withdrawable: false,
        via: 'crisp',
      },
    }),
    'delivery.edit': defineEvent({
      version: 1,
      summary: 'Replace the text of a message shown before.',
      data: z.object({ ...Sequenced, messageId: UuidSchema, body: MessageBodySchema }),
      sample: {
        ...sampleTo,
        deliverySequence: 8,
        epoch: 3,
        messageId: '019b8d6e-7d10-7000-8000-000000000042',
        body: { type: 'text', text: 'Hello, I am taking over.' },
      },
    }),
    'delivery.removal': defineEvent({
      version: 1,
      summary: 'Take back a message shown before.',
      data: z.object({ ...Sequenced, messageId: UuidSchema }),
      sample: { ...sampleTo, deliverySequence: 9, epoch: 3, messageId: '019b8d6e-7d10-7000-8000-000000000042' },
    }),
    'delivery.mode': defineEvent({
      version: 1,
      summary: 'The floor changed hands.',
      data: z.object({
        ...Sequenced,
        floor: FloorSchema,
        agent: z.object({ name: z.string().max(255), avatar: z.string().max(2_048).optional() }).optional(),
      }),
      sample: { ...sampleTo, deliverySequence: 10, epoch: 4, floor: 'agent', agent: { name: 'Mia' } },
    }),
    'delivery.typing': defineEvent({
      skippable: true,
      version: 1,
      summary: 'Somebody is writing; best effort, never kept.',
      data: z.object({ ...To, author: AuthorSchema, typing: z.boolean() }),
      sample: { ...sampleTo, author: { kind: 'agent', name: 'Mia' }, typing: true },
    }),
    'delivery.read': defineEvent({
      skippable: true,
      version: 1,
      summary: 'Somebody of the team has read what the visitor wrote, up to this message; best effort, never kept.',
      data: z.object({ ...To, messageId: UuidSchema }),
      sample: { ...sampleTo, messageId: '019b8d6e-7d10-7000-8000-000000000043' },
    }),
  },
});
