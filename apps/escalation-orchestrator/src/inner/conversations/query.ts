import { z } from 'zod';

const SearchSchema = z
  .string()
  .trim()
  .max(200)
  .refine((text) => !text.includes('\0'), 'must not hold the character NUL');

/** Which conversations are asked for; `beforeAt` and `beforeId` name the last one of the page before. */
export const ConversationsQuerySchema = z.object({
  bot: z.string().max(64).optional(),
  floor: z.enum(['bot', 'escalating', 'waiting', 'agent']).optional(),
  channel: z.enum(['webchat', 'messenger']).optional(),
  /** Only those with an open handover. */
  open: z.literal('true').optional(),
  /** An e-mail address, a name, a conversation's id or a Crisp session's. */
  q: SearchSchema.optional(),
  beforeAt: z.coerce.number().int().min(0).max(8.64e15).optional(),
  beforeId: z.string().max(128).optional(),
  limit: z.coerce.number().int().min(1).max(201).default(50),
});
export type ConversationsQuery = z.output<typeof ConversationsQuerySchema>;

/** Which part of a timeline: the newest entries up to `until` (ms), of each kind at most `limit`. */
export const TimelineQuerySchema = z.object({
  until: z.coerce.number().int().min(0).max(8.64e15).optional(),
  limit: z.coerce.number().int().min(1).max(300).default(200),
});
export type TimelineQuery = z.output<typeof TimelineQuerySchema>;

export type Search =
  | { readonly by: 'id'; readonly id: string }
  | { readonly by: 'session'; readonly sessionId: string }
  /** `like` is a pattern for ILIKE. */
  | { readonly by: 'person'; readonly like: string };

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** What somebody who types this looks for. */
export function searchOf(q: string | undefined): Search | undefined {
  if (q === undefined || q === '') return undefined;
  if (UUID.test(q)) return { by: 'id', id: q.toLowerCase() };
  if (/^session_[\w-]+$/.test(q)) return { by: 'session', sessionId: q };
  return { by: 'person', like: `%${q.replace(/[\\%_]/g, '\\$&')}%` };
}
