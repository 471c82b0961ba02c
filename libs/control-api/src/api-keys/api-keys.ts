import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation, ROLES, SCOPES } from '../operation.js';

/** An API key as it is shown: never whole. */
export const ApiKeySchema = z.object({
  keyId: z.string(),
  name: z.string(),
  /** Its first characters, by which one knows it again. */
  prefix: z.string(),
  role: z.enum(ROLES),
  scopes: z.array(z.enum(SCOPES)),
  createdAt: WhenSchema,
  createdBy: AuthorSchema,
  /** To the minute. */
  lastUsedAt: WhenSchema.nullable(),
  /** Null: it has no end. */
  endsAt: WhenSchema.nullable(),
  revokedAt: WhenSchema.nullable(),
});
export type ApiKey = z.output<typeof ApiKeySchema>;

export const NewApiKeySchema = z.object({
  name: z.string().trim().min(1).max(100),
  role: z.enum(ROLES),
  scopes: z
    .array(z.enum(SCOPES))
    .min(1)
    .max(SCOPES.length)
    .transform((scopes) => [...new Set(scopes)]),
  /** Days until it ends by itself; null: it does not. */
  lastsDays: z.int().min(1).max(3_650).nullable().default(null),
});

export const listApiKeys = defineOperation({
  id: 'listApiKeys',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/api-keys',
  tag: 'API keys',
  summary: 'The API keys of a workspace, newest first, with those that were revoked within 90 days.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(ApiKeySchema) }),
});

export const createApiKey = defineOperation({
  id: 'createApiKey',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/api-keys',
  tag: 'API keys',
  summary: 'Makes an API key. The answer shows it, and nothing ever again. A key cannot make keys.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace,
  query: NOTHING,
  body: NewApiKeySchema,
  answer: z.object({ apiKey: ApiKeySchema, key: z.string() }),
  status: 201,
});

export const revokeApiKey = defineOperation({
  id: 'revokeApiKey',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/api-keys/{keyId}',
  tag: 'API keys',
  summary: 'Ends an API key, from the next request on.',
  access: { to: 'workspace', role: 'owner', scope: 'members' },
  params: InWorkspace.extend({ keyId: z.uuid() }),
  query: NOTHING,
  body: NOTHING,
  answer: NOTHING,
});
