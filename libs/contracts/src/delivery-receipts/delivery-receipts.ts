import { z } from 'zod';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

export const deliveryReceipts = defineTopic({
  name: 'delivery-receipts',
  summary: 'What became of deliveries.',
  key: (data) => data.conversationId,
  events: {
    'delivery.receipt': defineEvent({
      version: 1,
      summary: 'These messages were delivered to the visitor, seen by him, withdrawn before he got them, or failed.',
      data: z.object({
        conversationId: UuidSchema,
        botId: SlugSchema,
        messageIds: z.array(UuidSchema).min(1).max(200),
        status: z.enum(['delivered', 'seen', 'superseded', 'failed']),
        /** Why it failed, a code such as `messenger.window-closed`. */
        reason: z.string().max(128).optional(),
        at: TimeSchema,
      }),
      sample: {
        conversationId: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        botId: 'demo',
        messageIds: ['019b8d6e-7d10-7000-8000-000000000042'],
        status: 'seen',
        at: '2026-01-05T10:00:04.000Z',
      },
    }),
  },
});
