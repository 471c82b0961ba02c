import { z } from 'zod';
import { AuthorSchema, NOTHING, OfBot, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** So many keys a bot has at most. */
export const MOST_BOT_KEYS = 5;

/** A key with which a bot's program calls our HTTP interface. */
export const BotKeySchema = z.object({
  /** A mark of the key, to know it again; it says nothing of the key itself. */
  fingerprint: z.string().regex(/^[0-9a-f]{12}$/),
  /** Null for a key of the settings file. */
  name: z.string().nullable(),
  createdAt: WhenSchema.nullable(),
  createdBy: AuthorSchema.nullable(),
});
export type BotKey = z.output<typeof BotKeySchema>;

const path = '/v1/workspaces/{workspaceId}/bots/{botId}/keys' as const;

export const listBotKeys = defineOperation({
  id: 'listBotKeys',
  method: 'GET',
  path,
  tag: 'Bot keys',
  summary: 'The keys with which a bot’s program calls Baton.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(BotKeySchema) }),
});

export const createBotKey = defineOperation({
  id: 'createBotKey',
  method: 'POST',
  path,
  tag: 'Bot keys',
  summary: 'Makes a key for a bot’s program, shown this once; a bot has five at most.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: z.strictObject({ name: z.string().trim().min(1).max(60) }),
  status: 201,
  answer: BotKeySchema.extend({ key: z.string(), published: z.boolean() }),
  problems: ['conflict'],
});

export const deleteBotKey = defineOperation({
  id: 'deleteBotKey',
  method: 'DELETE',
  path: `${path}/{fingerprint}`,
  tag: 'Bot keys',
  summary: 'Takes a key of a bot away: it opens nothing any more.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot.extend({ fingerprint: BotKeySchema.shape.fingerprint }),
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
});
