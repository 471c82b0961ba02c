import { UuidSchema } from '@baton/contracts';
import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** By what one person is known. */
export const PERSON_BY = ['email', 'user-id', 'conversation', 'messenger', 'crisp-session'] as const;
export const PersonQuerySchema = z.object({ by: z.enum(PERSON_BY), value: z.string().trim().min(1).max(254) });

/** Topics keep people's words for so long (days); then Kafka itself forgets them. */
export const TOPIC_DAYS = 7;
/** What was exported can be fetched for so long (days). */
export const RESULT_DAYS = 7;

const CrispSessionSchema = z.object({ websiteId: z.string(), sessionId: z.string() });

/** What is held of a person. */
export const PersonFoundSchema = z.object({
  conversations: z.array(
    z.object({
      conversationId: z.string(),
      botId: z.string(),
      channel: z.string(),
      from: WhenSchema,
      until: WhenSchema,
      lines: z.int(),
      crispSessions: z.array(CrispSessionSchema),
    }),
  ),
  /** Of Crisp's own chat box, where the AI answered. */
  sessions: z.array(CrispSessionSchema.extend({ botId: z.string(), until: WhenSchema })),
});
export type PersonFound = z.output<typeof PersonFoundSchema>;

export const PRIVACY_STEPS = ['orchestrator', 'dispatcher', 'ai', 'control-plane'] as const;

export const PrivacyRequestSchema = z.object({
  requestId: UuidSchema,
  kind: z.enum(['export', 'erase']),
  by: AuthorSchema,
  createdAt: WhenSchema,
  endedAt: WhenSchema.nullable(),
  conversations: z.int(),
  sessions: z.int(),
  /** What is done, and why the next step waits. */
  steps: z.array(z.object({ step: z.enum(PRIVACY_STEPS), done: z.boolean(), rows: z.int(), waitsBecause: z.string().nullable() })),
  /** Of an export: until then its result can be fetched; null when there is none (any more). */
  resultUntil: WhenSchema.nullable(),
  /** Of an erasure: by then Kafka has forgotten the words, too. */
  goneFromTopicsAt: WhenSchema.nullable(),
  /** Conversations in Crisp: whether they were deleted there. */
  crisp: z.array(CrispSessionSchema.extend({ deleted: z.boolean() })),
});
export type PrivacyRequest = z.output<typeof PrivacyRequestSchema>;

const OWNER = { to: 'workspace', role: 'owner', scope: 'privacy' } as const;
const OfRequest = InWorkspace.extend({ requestId: UuidSchema });

export const findPerson = defineOperation({
  id: 'findPerson',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/privacy/find',
  tag: 'Privacy',
  summary: 'The conversations of one person in a workspace. A POST, so that no address stands in the logs of proxies.',
  access: OWNER,
  params: InWorkspace,
  query: NOTHING,
  body: PersonQuerySchema,
  answer: PersonFoundSchema,
});

export const listPrivacyRequests = defineOperation({
  id: 'listPrivacyRequests',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/privacy/requests',
  tag: 'Privacy',
  summary: 'The last exports and erasures, newest first.',
  access: OWNER,
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(PrivacyRequestSchema) }),
});

export const createPrivacyRequest = defineOperation({
  id: 'createPrivacyRequest',
  method: 'POST',
  path: '/v1/workspaces/{workspaceId}/privacy/requests',
  tag: 'Privacy',
  summary: 'Exports or erases everything that is held of one person; it goes on by itself, also after a restart.',
  access: OWNER,
  params: InWorkspace,
  query: NOTHING,
  body: z.object({
    kind: z.enum(['export', 'erase']),
    person: PersonQuerySchema,
    /** To erase: the value that the person is known by, once more. */
    confirmation: z.string().max(254).optional(),
    /** His conversations in Crisp are deleted there, too. */
    deleteAtCrisp: z.boolean().default(false),
  }),
  answer: PrivacyRequestSchema,
  status: 201,
  problems: ['conflict'],
});

export const getPrivacyRequest = defineOperation({
  id: 'getPrivacyRequest',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/privacy/requests/{requestId}',
  tag: 'Privacy',
  summary: 'How far an export or an erasure is.',
  access: OWNER,
  params: OfRequest,
  query: NOTHING,
  body: NOTHING,
  answer: PrivacyRequestSchema,
});

export const getPrivacyResult = defineOperation({
  id: 'getPrivacyResult',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/privacy/requests/{requestId}/result',
  tag: 'Privacy',
  summary: 'What was exported, as one JSON document.',
  access: OWNER,
  params: OfRequest,
  query: NOTHING,
  body: NOTHING,
  answer: z.record(z.string(), z.json()),
});

/** For how long a workspace keeps what its visitors said; null: until somebody erases it. */
export const RetentionSchema = z.object({ conversationDays: z.int().min(1).max(3_650).nullable() });

export const getRetention = defineOperation({
  id: 'getRetention',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/privacy/retention',
  tag: 'Privacy',
  summary: 'For how long a workspace keeps conversations.',
  access: { to: 'workspace', role: 'viewer', scope: 'privacy' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: RetentionSchema,
});

export const putRetention = defineOperation({
  id: 'putRetention',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/privacy/retention',
  tag: 'Privacy',
  summary: 'Sets for how long a workspace keeps conversations; older ones are erased within the hour.',
  access: OWNER,
  params: InWorkspace,
  query: NOTHING,
  body: RetentionSchema,
  answer: RetentionSchema.extend({ published: z.boolean() }),
});
