import { SlugSchema, WorkspaceSettingsSchema } from '@baton/contracts';
import { z } from 'zod';
import { ShownBotSchema } from '../bots/bots.js';
import { InWorkspace, NOTHING, OfBot } from '../common.js';
import { DocumentChangeSchema } from '../documents/changes.js';
import { defineOperation } from '../operation.js';

const FieldErrorSchema = z.object({ pointer: z.string(), message: z.string() });

/** One document as it would become, or has become. */
export const PlannedDocumentSchema = z.object({
  /** `bot:demo` or `workspace:acme`. */
  document: z.string(),
  action: z.enum(['create', 'change', 'delete', 'none']),
  /** That was seen; 0 where there was none. Whoever applies the plan gives it back. */
  version: z.int().min(0),
  changes: z.array(DocumentChangeSchema),
  /** What is wrong with it, by JSON pointer into the document; nothing is applied while there is any. */
  problems: z.array(FieldErrorSchema),
});
export type PlannedDocument = z.output<typeof PlannedDocumentSchema>;

/** The documents of a workspace as somebody wants them. Each is looked at by itself, so that all that is wrong is told at once. */
const WantedSchema = z.object({
  /** As `putBot` takes them, secrets in clear or as marks; `apiKeys`, in clear, replaces the keys of the bot where it is given. */
  bots: z.array(z.looseObject({ botId: z.string() })).max(200),
  /** As `putWorkspaceSettings` takes it; left as it is where it is not given. */
  workspace: z.looseObject({}).optional(),
  /** Takes away the bots that are not named. */
  prune: z.boolean().default(false),
});

export const planWorkspace = defineOperation({
  id: 'planWorkspace',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/plan',
  tag: 'Bots as code',
  summary: 'What would become another one if these documents were applied. Nothing is changed.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: WantedSchema,
  answer: z.object({ documents: z.array(PlannedDocumentSchema) }),
});

export const applyWorkspace = defineOperation({
  id: 'applyWorkspace',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/apply',
  tag: 'Bots as code',
  summary:
    'Makes the documents of a workspace these, all or none. Refused where somebody changed one of them since the plan. Only owners take bots away and change what the workspace may use.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: WantedSchema.extend({
    /** By document, as the plan told it. */
    versions: z.record(z.string(), z.int().min(0)),
  }),
  answer: z.object({ documents: z.array(PlannedDocumentSchema), published: z.boolean() }),
  problems: ['changed-meanwhile', 'conflict', 'taken'],
});

export const exportWorkspace = defineOperation({
  id: 'exportWorkspace',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/export',
  tag: 'Bots as code',
  summary: 'All documents of a workspace, secrets as marks: given back to plan or apply they mean the secrets that are there.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({
    workspaceId: SlugSchema,
    bots: z.array(ShownBotSchema),
    /** Null where nothing was ever set for it. */
    workspace: WorkspaceSettingsSchema.nullable(),
    /** By document. */
    versions: z.record(z.string(), z.int()),
  }),
});

export const checkBot = defineOperation({
  id: 'checkBot',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}/check',
  tag: 'Bots',
  summary: 'What is wrong with the settings of a bot, and what they would change. Nothing is saved.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: z.looseObject({}),
  answer: PlannedDocumentSchema.omit({ document: true }),
});
