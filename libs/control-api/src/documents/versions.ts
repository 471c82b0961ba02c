import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, OfBot, pageOf, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';
import type { Access, Operation } from '../operation.js';
import { DocumentChangeSchema } from './changes.js';

/** A version of a document, without what it says. */
export const DocumentVersionSchema = z.object({
  version: z.int(),
  changedAt: WhenSchema,
  changedBy: AuthorSchema,
  /** Why there is this version: `created`, `changed`, `deleted`, `rolled-back`, `applied`, `connected`, … */
  cause: z.string(),
  /** Of a rollback: the version it went back to. */
  restored: z.int().nullable(),
  /** With this version it was taken away. */
  isGone: z.boolean(),
  /** Where it is not as the version before; the first few. */
  paths: z.array(z.string()),
  /** How many places more. */
  more: z.int(),
});
export type DocumentVersion = z.output<typeof DocumentVersionSchema>;

/** The same, with all it says; secrets as marks. Null where it was taken away. */
export const WholeVersionSchema = DocumentVersionSchema.extend({ document: z.record(z.string(), z.json()).nullable() });

export const VersionChangesSchema = z.object({
  /** Null where there was nothing. */
  from: z.int().nullable(),
  to: z.int(),
  changes: z.array(DocumentChangeSchema),
});
export type VersionChanges = z.output<typeof VersionChangesSchema>;

export const RolledBackSchema = z.object({ version: z.int(), changedAt: WhenSchema, changedBy: AuthorSchema, published: z.boolean() });

const VersionsQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).default(30),
  /** The `next` of the page before. */
  before: z.coerce.number().int().positive().optional(),
});
const OfVersion = { version: z.coerce.number().int().positive().max(1_000_000_000) };

/** The operations on the versions of one kind of document. */
function versionOperations<P extends z.ZodRawShape>(o: {
  /** As `BotVersions`, a part of the operations' ids. */
  readonly name: string;
  /** As it is said: `a bot`. */
  readonly thing: string;
  /** Of the document. */
  readonly path: `/v1/${string}`;
  readonly params: z.ZodObject<P>;
  readonly reads: Access;
  readonly changes: Access;
}) {
  const tag = 'Versions';
  const ofVersion = o.params.extend(OfVersion);
  const common = { tag, query: NOTHING, body: NOTHING } as const;
  return {
    list: defineOperation({
      ...common,
      id: `list${o.name}Versions`,
      method: 'GET',
      path: `${o.path}/versions`,
      summary: `All versions of ${o.thing}, newest first; also after it was taken away.`,
      access: o.reads,
      params: o.params,
      query: VersionsQuery,
      answer: pageOf(DocumentVersionSchema),
    }),
    get: defineOperation({
      ...common,
      id: `get${o.name}Version`,
      method: 'GET',
      path: `${o.path}/versions/{version}`,
      summary: `One version of ${o.thing}, whole.`,
      access: o.reads,
      params: ofVersion,
      answer: WholeVersionSchema,
    }),
    changes: defineOperation({
      ...common,
      id: `get${o.name}Changes`,
      method: 'GET',
      path: `${o.path}/versions/{version}/changes`,
      summary: `What is another one in a version of ${o.thing} than in an earlier or later one; by default than in the one before.`,
      access: o.reads,
      params: ofVersion,
      query: z.object({
        /** The version that it is compared with; 0 for nothing. */
        since: z.coerce.number().int().min(0).max(1_000_000_000).optional(),
      }),
      answer: VersionChangesSchema,
    }),
    preview: defineOperation({
      ...common,
      id: `preview${o.name}Rollback`,
      method: 'GET',
      path: `${o.path}/versions/{version}/rollback`,
      summary: `What a rollback of ${o.thing} to this version would change.`,
      access: o.reads,
      params: ofVersion,
      answer: VersionChangesSchema,
    }),
    rollBack: defineOperation({
      ...common,
      id: `rollBack${o.name}`,
      method: 'POST',
      path: `${o.path}/versions/{version}/rollback`,
      summary: `Lets a version of ${o.thing} hold again, as a new version. What was taken away comes back. Keys of a bot and secrets of today stay; one of then comes back only where today has none of the same thing.`,
      access: o.changes,
      params: ofVersion,
      answer: RolledBackSchema,
      etag: 'required',
      problems: ['conflict'],
    }),
  } satisfies Record<string, Operation>;
}

const inWorkspace = (role: 'viewer' | 'editor' | 'owner'): Access => ({ to: 'workspace', role, scope: 'bots' });

export const botVersions = versionOperations({
  name: 'Bot',
  thing: 'a bot',
  path: '/v1/workspaces/{workspaceId}/bots/{botId}',
  params: OfBot,
  reads: inWorkspace('viewer'),
  changes: inWorkspace('editor'),
});
export const workspaceVersions = versionOperations({
  name: 'WorkspaceSettings',
  thing: 'the settings of a workspace',
  path: '/v1/workspaces/{workspaceId}/settings',
  params: InWorkspace,
  reads: inWorkspace('viewer'),
  changes: inWorkspace('owner'),
});
export const crispPluginVersions = versionOperations({
  name: 'CrispPlugin',
  thing: 'a Crisp plugin',
  path: '/v1/crisp-plugins/{pluginId}',
  params: z.object({ pluginId: z.string().regex(/^[A-Za-z0-9-]{1,64}$/) }),
  reads: { to: 'installation' },
  changes: { to: 'installation' },
});
