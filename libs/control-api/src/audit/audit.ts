import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, PageQuery, pageOf, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** What was done, as `bot.changed` or `member.invited`: what it was done to, and what. */
export const AuditActionSchema = z.string().regex(/^[a-z][a-z-]{0,39}\.[a-z][a-z-]{0,39}$/, 'must be such as bot.changed');

/** To what it was done. */
export const AuditTargetSchema = z.object({
  /** `bot`, `workspace`, `crisp-plugin`, `member`, `api-key`, … */
  kind: z.string().min(1).max(40),
  id: z.string().max(200),
  /** As it was called then, where it has a name. */
  name: z.string().max(200).optional(),
});
export type AuditTarget = z.output<typeof AuditTargetSchema>;

/** One thing that somebody did. */
export const AuditEntrySchema = z.object({
  entryId: z.string(),
  at: WhenSchema,
  /** Null for what belongs to no workspace, such as a Crisp plugin. */
  workspaceId: z.string().nullable(),
  author: AuthorSchema,
  action: z.string(),
  target: AuditTargetSchema,
  /** More about it: never a secret, never what people said. */
  details: z.record(z.string(), z.json()),
  /** The network address it came from, where that is kept. */
  address: z.string().nullable(),
});
export type AuditEntry = z.output<typeof AuditEntrySchema>;

export const AuditQuery = PageQuery.extend({
  /** `bot:demo`, or `bot` for all of them. */
  target: z.string().max(241).optional(),
  /** The id of a person or key, or a kind of author such as `settings-file`. */
  author: z.string().max(200).optional(),
  /** `bot.changed`, or `bot` for everything that is done to bots. */
  action: z.string().max(81).optional(),
  /** From this time on. */
  from: WhenSchema.optional(),
  /** Until before this time. */
  until: WhenSchema.optional(),
});

export const listAudit = defineOperation({
  id: 'listAudit',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/audit',
  tag: 'Audit log',
  summary: 'Who did what in a workspace, newest first.',
  access: { to: 'workspace', role: 'viewer', scope: 'operations' },
  params: InWorkspace,
  query: AuditQuery,
  body: NOTHING,
  answer: pageOf(AuditEntrySchema),
});

export const listInstallationAudit = defineOperation({
  id: 'listInstallationAudit',
  method: 'GET',
  path: '/v1/audit',
  tag: 'Audit log',
  summary: 'Who did what in the whole installation, newest first.',
  access: { to: 'installation' },
  params: NOTHING,
  query: AuditQuery,
  body: NOTHING,
  answer: pageOf(AuditEntrySchema),
});
