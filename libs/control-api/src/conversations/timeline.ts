import { z } from 'zod';
import { AuthorSchema, WhenSchema } from '../common.js';

/** Who speaks or acts. `crisp`: work in the inbox; `channel`: the way to the visitor; `assistant`: the AI. */
export const LANES = ['visitor', 'bot', 'agent', 'baton', 'crisp', 'channel', 'assistant'] as const;
export type Lane = (typeof LANES)[number];

/** What one may look at alone. */
export const ENTRY_GROUPS = ['messages', 'decisions', 'answers', 'promises', 'effects', 'deliveries'] as const;
export type EntryGroup = (typeof ENTRY_GROUPS)[number];

/** Who the conversation is with. `escalating`: Crisp is being asked for a human; `off`: the assistant is switched off there; `gone`: deleted in Crisp. */
export const STANDINGS = ['bot', 'escalating', 'waiting', 'agent', 'off', 'gone'] as const;
export type Standing = (typeof STANDINGS)[number];

export const PassageSchema = z.object({
  title: z.string(),
  url: z.string().nullable(),
  text: z.string(),
  /** From 0 to 1. */
  score: z.number(),
  lexical: z.number().nullable(),
  dense: z.number().nullable(),
  sourceVersion: z.int(),
  /** The answer rests on it. */
  cited: z.boolean(),
});

/** How an answer of the assistant came to be. */
export const AnswerTraceSchema = z.object({
  question: z.string(),
  /** How well the best passage supports an answer, and how well it must, from 0 to 1. */
  support: z.number(),
  threshold: z.number(),
  by: z.enum(['extract', 'model', 'none']),
  model: z.string().nullable(),
  passages: z.array(PassageSchema),
  verdicts: z.array(z.object({ rule: z.string(), passed: z.boolean(), detail: z.string().nullable() })),
  milliseconds: z.object({ retrieve: z.number(), model: z.number(), total: z.number() }),
});

export const TimelineEntrySchema = z.object({
  /** The same for good, also when more becomes known of it. */
  id: z.string(),
  at: WhenSchema,
  lane: z.enum(LANES),
  group: z.enum(ENTRY_GROUPS),
  /** What happened, in words. */
  title: z.string(),
  /** Why it was so, in words. */
  why: z.string().nullable(),
  /** What was said; null where nothing was, or it was taken back. */
  text: z.string().nullable(),
  who: z.string().nullable(),
  tone: z.enum(['plain', 'good', 'warn', 'bad', 'quiet']),
  /** It has not come to its end. */
  pending: z.boolean(),
  /** Short remarks, such as `seen` or `edited`. */
  marks: z.array(z.string()),
  /** More, for who looks closer; `code` where it is a name of the system's. */
  details: z.array(z.object({ label: z.string(), value: z.string(), code: z.boolean().optional() })),
  /** Where the conversation went with it. */
  floor: z.object({ from: z.string(), to: z.string() }).nullable(),
  handoverId: z.string().nullable(),
  /** The entry that brought it about, if it is known. */
  cause: z.string().nullable(),
  traceId: z.string().nullable(),
  /** The version of the bot's settings that was in force. */
  settings: z.object({ version: z.int(), changedAt: WhenSchema, changedBy: AuthorSchema }).nullable(),
  answer: AnswerTraceSchema.nullable(),
});
export type TimelineEntry = z.output<typeof TimelineEntrySchema>;
