import { z } from 'zod';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

/** `sent`: the channel took it; `superseded`: withdrawn before he got it. A later one of these says more than an earlier one. */
export const DeliveryStatusSchema = z.enum(['sent', 'delivered', 'seen', 'superseded', 'failed']);
export type DeliveryStatus = z.output<typeof DeliveryStatusSchema>;

/**
 * Why a channel does not bring a message, in the kinds that need different acts: wait for his next word (`window-closed`), reach him otherwise
 * (`blocked`), connect the channel again (`token-dead`), say it in another way (`unsupported`), try again later (`rate`, `temporary`: given up
 * after hours), or none (`permanent`).
 */
export const DeliveryFailureSchema = z.enum(['window-closed', 'blocked', 'rate', 'token-dead', 'temporary', 'unsupported', 'permanent']);
export type DeliveryFailure = z.output<typeof DeliveryFailureSchema>;

export const deliveryReceipts = defineTopic({
  name: 'delivery-receipts',
  summary: 'What became of deliveries.',
  key: (data) => data.conversationId,
  events: {
    'delivery.receipt': defineEvent({
      version: 1,
      summary: 'These messages were sent, delivered to the visitor, seen by him, withdrawn before he got them, or failed.',
      data: z.object({
        conversationId: UuidSchema,
        botId: SlugSchema,
        messageIds: z.array(UuidSchema).min(1).max(200),
        status: DeliveryStatusSchema,
        /** Why it failed, a code such as `messenger.window-closed`. */
        reason: z.string().max(128).optional(),
        /** What kind of failure that is; only with `failed`. */
        failure: DeliveryFailureSchema.optional(),
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
