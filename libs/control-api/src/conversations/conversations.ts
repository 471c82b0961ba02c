import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { InWorkspace, NOTHING, PageQuery, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';
import { STANDINGS, TimelineEntrySchema } from './timeline.js';

export * from './timeline.js';

const OfConversation = InWorkspace.extend({
  /** A conversation's id, or the id of a session of Crisp. */
  conversationId: z
    .string()
    .max(128)
    .regex(/^[\w-]+$/),
});

const VisitorSchema = z.object({ name: z.string().nullable(), email: z.string().nullable() });

/** A service that did not answer, so that its part is not shown. */
export const MissingPartSchema = z.object({ part: z.enum(['conversation', 'deliveries', 'assistant']), words: z.string() });
export type MissingPart = z.output<typeof MissingPartSchema>;

const CommonShape = {
  id: z.string(),
  /** `crisp-inbox`: it lives in Crisp alone, and the assistant answers there beside humans. */
  kind: z.enum(['channel', 'crisp-inbox']),
  botId: SlugSchema,
  channel: z.enum(['webchat', 'messenger', 'crisp']),
  standing: z.enum(STANDINGS),
  startedAt: WhenSchema,
  lastActivityAt: WhenSchema,
  /** Since when he waits for a human. */
  waitingSince: WhenSchema.nullable(),
  /** The bot is silent until then. */
  mutedUntil: WhenSchema.nullable(),
  /** The visitor has his chat open; null where nobody knows. */
  present: z.boolean().nullable(),
};

export const ConversationEntrySchema = z.object({
  ...CommonShape,
  visitor: VisitorSchema,
  agent: z.string().nullable(),
  category: z.string().nullable(),
  handovers: z.int(),
});
export type ConversationEntry = z.output<typeof ConversationEntrySchema>;

export const HandoverFactsSchema = z.object({
  id: z.string(),
  number: z.int(),
  /** What made us ask for a human, in words. */
  cause: z.string(),
  category: z.string().nullable(),
  agent: z.string().nullable(),
  requestedAt: WhenSchema,
  acceptedAt: WhenSchema.nullable(),
  takenAt: WhenSchema.nullable(),
  connectedAt: WhenSchema.nullable(),
  endedAt: WhenSchema.nullable(),
  /** How it ended, in words; null while it is open. */
  end: z.string().nullable(),
  outcome: z.string().nullable(),
});
export type HandoverFacts = z.output<typeof HandoverFactsSchema>;

export const ConversationSchema = z.object({
  ...CommonShape,
  visitor: VisitorSchema.extend({ locale: z.string().nullable() }),
  epoch: z.int(),
  /** What happens by itself, the next first. */
  next: z.array(z.object({ code: z.string(), words: z.string(), dueAt: WhenSchema })),
  handovers: z.array(HandoverFactsSchema),
  /** Who had the conversation when, oldest first; the last one has no end. */
  floors: z.array(z.object({ standing: z.enum(STANDINGS), from: WhenSchema, to: WhenSchema.nullable() })),
  crisp: z.object({ websiteId: z.string(), sessionId: z.string(), url: z.string() }).nullable(),
});
export type Conversation = z.output<typeof ConversationSchema>;

export const listConversations = defineOperation({
  id: 'listConversations',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/conversations',
  tag: 'Conversations',
  summary: 'Conversations of the bots of a workspace and those that live in Crisp’s inbox alone, the newest activity first.',
  access: { to: 'workspace', role: 'viewer', scope: 'conversations' },
  params: InWorkspace,
  query: PageQuery.extend({
    bot: SlugSchema.optional(),
    standing: z.enum(STANDINGS).optional(),
    channel: z.enum(['webchat', 'messenger', 'crisp']).optional(),
    /** Only those with an open handover. */
    open: z.literal('true').optional(),
    /** A name, an e-mail address, a conversation’s id or a Crisp session’s. */
    q: z.string().trim().max(200).optional(),
  }),
  body: NOTHING,
  answer: z.object({ items: z.array(ConversationEntrySchema), next: z.string().nullable(), missing: z.array(MissingPartSchema) }),
});

export const getConversation = defineOperation({
  id: 'getConversation',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/conversations/{conversationId}',
  tag: 'Conversations',
  summary: 'A conversation as it stands: who has it, what happens next, its handovers.',
  access: { to: 'workspace', role: 'viewer', scope: 'conversations' },
  params: OfConversation,
  query: NOTHING,
  body: NOTHING,
  answer: ConversationSchema,
});

export const TimelineSchema = z.object({
  conversation: ConversationSchema,
  /** In order of time, causes before what they brought about. */
  entries: z.array(TimelineEntrySchema),
  /** With `after`: ids of entries that are there no more. */
  gone: z.array(z.string()),
  /** The entries are all of the newest part; false: only what is new or changed since `after`. */
  whole: z.boolean(),
  /** Give it back as `after` to hear only what is new or changed. Null for older parts. */
  cursor: z.string().nullable(),
  /** Give it back as `before` for what is older; null at the beginning. */
  older: z.string().nullable(),
  missing: z.array(MissingPartSchema),
});
export type Timeline = z.output<typeof TimelineSchema>;

export const getTimeline = defineOperation({
  id: 'getTimeline',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/conversations/{conversationId}/timeline',
  tag: 'Conversations',
  summary:
    'What happened in a conversation and why: messages, decisions, answers, promises, work in Crisp, deliveries. Ask again with `after` to follow it live.',
  access: { to: 'workspace', role: 'viewer', scope: 'conversations' },
  params: OfConversation,
  query: z.object({
    after: z.string().max(200).optional(),
    before: z.coerce.number().int().min(0).max(8.64e15).optional(),
    limit: z.coerce.number().int().min(20).max(300).default(200),
  }),
  body: NOTHING,
  answer: TimelineSchema,
});

export const getHistoryLink = defineOperation({
  id: 'getHistoryLink',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/conversations/{conversationId}/history-link',
  tag: 'Conversations',
  summary: 'The link to the history page that agents have. Who holds it reads without signing in, until it ends.',
  access: { to: 'workspace', role: 'viewer', scope: 'conversations' },
  params: OfConversation,
  query: NOTHING,
  body: NOTHING,
  /** Null where there was no handover. */
  answer: z.object({ url: z.string().nullable() }),
});
