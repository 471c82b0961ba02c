import { z } from 'zod';

/** Agents may write at length; what a visitor may send is bounded tighter at the channel. */
export const MAX_TEXT = 16_000;

/** One tap that answers for the visitor; sizes are those of the tightest channel (Messenger: 13 of them, title 20, payload 1,000). */
export const QuickReplySchema = z.object({
  title: z.string().trim().min(1).max(80),
  payload: z.string().min(1).max(1_000),
});
export type QuickReply = z.output<typeof QuickReplySchema>;

export const TextBodySchema = z.object({
  type: z.literal('text'),
  text: z.string().min(1).max(MAX_TEXT),
  /** What a tapped quick reply stands for; only on a visitor's message. */
  payload: z.string().max(1_000).optional(),
  quickReplies: z.array(QuickReplySchema).max(13).optional(),
});

export const FileBodySchema = z.object({
  type: z.literal('file'),
  name: z.string().min(1).max(255),
  url: z.url({ protocol: /^https?$/ }).max(2_048),
  contentType: z.string().max(255),
});

export const MessageBodySchema = z.discriminatedUnion('type', [TextBodySchema, FileBodySchema]);
export type MessageBody = z.output<typeof MessageBodySchema>;

export const AuthorSchema = z.object({
  kind: z.enum(['visitor', 'bot', 'agent', 'system']),
  name: z.string().max(255).optional(),
  avatar: z
    .url({ protocol: /^https?$/ })
    .max(2_048)
    .optional(),
});
export type Author = z.output<typeof AuthorSchema>;
