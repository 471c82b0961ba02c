import { z } from 'zod';
import { UserDataSchema } from '../conversation/user-data.js';
import { SlugSchema, TimeSchema, UuidSchema } from '../ids.js';
import { defineEvent, defineTopic } from '../topic.js';

/** A quick reply as bots write it (the shape Messenger made common). */
export const BotQuickReplySchema = z.object({
  content_type: z.literal('text').default('text'),
  title: z.string().trim().min(1).max(80),
  payload: z.string().min(1).max(1_000),
});

/** A message of a bot: `{"text": …, "quick_replies": [{"title", "payload", "content_type"}]}`. */
export const BotMessageSchema = z.object({
  text: z.string().trim().min(1).max(4_000),
  quick_replies: z.array(BotQuickReplySchema).max(13).optional(),
});
export type BotMessage = z.output<typeof BotMessageSchema>;

/** One line of a talk that happened before Baton saw the conversation. */
export const HistoryLineSchema = z.object({
  from: z.enum(['visitor', 'bot', 'agent']),
  text: z.string().min(1).max(4_000),
  at: TimeSchema.optional(),
});

/** What a bot may say about the floor, in a Kafka event as in `POST /v1/escalations`. */
export const FloorFlagsShape = {
  /** Be silent from now on: until the bot says otherwise, at most 10 minutes unless set; with `need_help`, false keeps the bot speaking until an agent writes. */
  muted: z.boolean().optional(),
  /** Ask for a human. */
  need_help: z.boolean().optional(),
  /** Why, as a word of the support team; becomes a segment in the inbox. */
  handover_category_name: z.string().trim().min(1).max(64).optional(),
  reason: z.string().trim().min(1).max(500).optional(),
  /** With `need_help`: what the agent should know (what the visitor wants, what was tried); becomes a private note beside the handover. */
  handover_note: z.string().trim().min(1).max(4_000).optional(),
  /** The bot had no answer; so many in a row ask for a human where the bot's rules say so. */
  fallback: z.boolean().optional(),
  /** Ask the visitor for his e-mail address (unless it is known) and open the conversation in the inbox for an answer by e-mail. */
  contact_by_email: z.boolean().optional(),
  user_data: UserDataSchema.optional(),
  history: z.array(HistoryLineSchema).max(500).optional(),
} as const;

export const botEvents = defineTopic({
  name: 'bot-events',
  summary: "The bot's whole answer to a turn, or what it says by itself; its flags move the floor.",
  isPublic: true,
  key: (data) => data.conversation_id,
  events: {
    'bot.answered': defineEvent({
      version: 1,
      summary: 'First the messages are shown, then the flags take effect.',
      data: z.object({
        conversation_id: UuidSchema,
        bot_id: SlugSchema,
        /** The turn it answers, with its epoch; both absent when the bot speaks first. */
        turn: z.int().positive().optional(),
        epoch: z.int().nonnegative().optional(),
        messages: z.array(BotMessageSchema).max(20).default([]),
        ...FloorFlagsShape,
      }),
      sample: {
        conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10',
        bot_id: 'demo',
        turn: 4,
        epoch: 0,
        messages: [{ text: 'Let me get someone for you.' }],
        need_help: true,
        muted: true,
        handover_category_name: 'billing',
        user_data: { name: 'Ada Park', email: 'ada@example.test', order: { id: 1234, open: true } },
      },
    }),
    'bot.typing': defineEvent({
      version: 1,
      summary: 'The bot works on an answer; shown for some seconds, and never against the floor.',
      data: z.object({
        conversation_id: UuidSchema,
        bot_id: SlugSchema,
        turn: z.int().positive(),
        epoch: z.int().nonnegative(),
        typing: z.boolean(),
      }),
      sample: { conversation_id: '5c3f1c1e-3c7e-5b6a-8f39-2f3f7c1b9a10', bot_id: 'demo', turn: 4, epoch: 0, typing: true },
    }),
  },
});
