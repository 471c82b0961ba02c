import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, OfBot, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';
import { GivenSecretSchema, ShownSecretSchema } from '../secret.js';
import { botDocumentSchema } from './bot-document.js';

/** A bot as it is shown: whole, secrets as marks. */
export const ShownBotSchema = botDocumentSchema(ShownSecretSchema);
export type ShownBot = z.output<typeof ShownBotSchema>;

/** A bot as it is given. */
export const GivenBotSchema = botDocumentSchema(GivenSecretSchema);
export type GivenBot = z.input<typeof GivenBotSchema>;

/** Which version of a document it is, since when and by whom. */
export const VersionSchema = z.object({ version: z.int().positive(), changedAt: WhenSchema, changedBy: AuthorSchema });

export const BotEntrySchema = VersionSchema.extend({
  botId: SlugSchema,
  name: z.string(),
  avatar: z.string().optional(),
  enabled: z.boolean(),
  channels: z.array(z.enum(['webchat', 'messenger'])),
  /** Connected to a website of Crisp. */
  crisp: z.object({ websiteId: z.string() }).nullable(),
  assistant: z.object({ inbox: z.enum(['off', 'shadow', 'note', 'reply']), channels: z.boolean() }),
});
export type BotEntry = z.output<typeof BotEntrySchema>;

export const listBots = defineOperation({
  id: 'listBots',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/bots',
  tag: 'Bots',
  summary: 'The bots of a workspace.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(BotEntrySchema) }),
});

/** `published` is false while the change waits for Kafka; it comes as soon as that is back. */
export const BotAnswerSchema = VersionSchema.extend({ bot: ShownBotSchema, published: z.boolean() });

export const getBot = defineOperation({
  id: 'getBot',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}',
  tag: 'Bots',
  summary: 'A bot with all its settings.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: NOTHING,
  answer: BotAnswerSchema,
  etag: 'shown',
});

export const putBot = defineOperation({
  id: 'putBot',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}',
  tag: 'Bots',
  summary: 'Gives a bot these settings, all of them; what is left out has its default. If-None-Match: * makes a new one.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: GivenBotSchema,
  answer: BotAnswerSchema,
  etag: 'required',
  problems: ['conflict', 'taken'],
});

export const deleteBot = defineOperation({
  id: 'deleteBot',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}',
  tag: 'Bots',
  summary: 'Takes a bot away: its channels close. Its versions stay, and a rollback brings it back.',
  access: { to: 'workspace', role: 'owner', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
  etag: 'required',
});
