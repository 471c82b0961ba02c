import { z } from 'zod';
import { SlugSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

/** Meta's ids are digits, at most 20 of them seen; kept as text because they do not fit into a number. */
const MetaIdSchema = z.string().regex(/^\d{1,32}$/, 'must be an id of digits');

/**
 * One element of `entry[].messaging[]` or `entry[].standby[]` of a verified web hook, as Meta sent it; what stands beside `sender`, `recipient`
 * and `timestamp` differs by kind and is read by `@baton/messenger`. Unknown fields are kept.
 */
export const MessengerEventSchema = z.looseObject({
  sender: z.looseObject({ id: z.string().max(64).optional() }).optional(),
  recipient: z.looseObject({ id: z.string().max(64).optional() }).optional(),
  /** Milliseconds; missing in some receipts. */
  timestamp: z.number().int().nonnegative().optional(),
});
export type MessengerEvent = z.output<typeof MessengerEventSchema>;

export const MessengerWebhookSchema = z.object({
  botId: SlugSchema,
  pageId: MetaIdSchema,
  /** The person, by this page's id of him (PSID); in an echo he is the recipient. */
  userId: MetaIdSchema,
  /** When Meta sent it out (ms). */
  sentAt: z.number().int().nonnegative(),
  /** Another app has the thread: it may be looked at, never answered. */
  standby: z.boolean(),
  event: MessengerEventSchema,
});
export type MessengerWebhook = z.output<typeof MessengerWebhookSchema>;

export const messengerWebhooks = defineTopic({
  name: 'messenger-webhooks',
  summary: 'Verified Messenger events, one record each, keyed by page and user.',
  key: (data) => messengerAddress(data.pageId, data.userId),
  events: {
    'messenger.webhook': defineEvent({
      version: 1,
      summary: 'Meta says that something happened between a page and a person.',
      data: MessengerWebhookSchema,
      sample: {
        botId: 'demo',
        pageId: '4400110022',
        userId: '9100200300',
        sentAt: 1767225600123,
        standby: false,
        event: {
          sender: { id: '9100200300' },
          recipient: { id: '4400110022' },
          timestamp: 1767225599987,
          message: { mid: 'm_demo-001', text: 'Where is my parcel?' },
        },
      },
    }),
  },
});

/** A person's address in the channel `messenger`: page and user, for his id belongs to one page only. */
export function messengerAddress(pageId: string, userId: string): string {
  return `${pageId}:${userId}`;
}
