import { UuidSchema } from '@baton/contracts';
import { z } from 'zod';
import { VersionSchema } from '../bots/bots.js';
import { InWorkspace, NOTHING, OfBot, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';
import { ShownSecretSchema } from '../secret.js';
import { FindingsSchema } from './findings.js';

const ConnectionSchema = z.object({
  websiteId: UuidSchema,
  tier: z.enum(['plugin', 'website']),
  tokenId: z.string().trim().min(1).max(128),
  /** Without `/v1`. */
  apiUrl: z.url({ protocol: /^https?$/ }).max(2_048),
  /** Whole name of who speaks for us in the inbox. */
  operatorName: z.string().max(64),
  /** Calls a second to Crisp for this website, shared by all replicas. */
  callsPerSecond: z.number().positive().max(1_000),
  /** Calls that Crisp allows this token in a day (UTC); null where nobody said it. */
  callsPerDay: z.int().positive().max(100_000_000).nullable(),
});

/** A connection as it is given; what is left out stays as it is, or has its default. */
export const GivenConnectionSchema = z.strictObject({
  websiteId: ConnectionSchema.shape.websiteId,
  tokenId: ConnectionSchema.shape.tokenId,
  /** May be left out where the token stays the same. */
  tokenKey: z.string().trim().min(1).max(512).optional(),
  tier: ConnectionSchema.shape.tier.default('plugin'),
  /** One of those that this installation calls; its own default when it is left out. */
  apiUrl: ConnectionSchema.shape.apiUrl.optional(),
  operatorName: ConnectionSchema.shape.operatorName.optional(),
  callsPerSecond: ConnectionSchema.shape.callsPerSecond.optional(),
  callsPerDay: ConnectionSchema.shape.callsPerDay.optional(),
});
export type GivenConnection = z.input<typeof GivenConnectionSchema>;

/** Which web hooks of a website came for a bot. */
export const SeenHooksSchema = z.object({
  /** When the first came; null when none did. */
  since: WhenSchema.nullable(),
  last: WhenSchema.nullable(),
  count: z.int(),
});
export type SeenHooks = z.output<typeof SeenHooksSchema>;

/** The last check of a connection as it stands now. */
export const LastCheckSchema = z.object({ at: WhenSchema, findings: FindingsSchema });

export const ShownConnectionSchema = VersionSchema.extend({
  botId: z.string(),
  ...ConnectionSchema.shape,
  tokenKey: ShownSecretSchema,
  hook: z.object({
    /** Where Crisp is to send web hooks, without the secret; a path alone where nobody said how we are reached from outside. */
    address: z.string(),
    /** The same with its secret: only when that was just made, and never again. */
    url: z.string().nullable(),
    /** To be ticked for it. */
    events: z.array(z.string()),
    /** To be ticked where a plugin has a signed web hook of its own instead; null for a website token. */
    eventsOfPlugin: z.array(z.string()).nullable(),
    /** How many secrets are taken: two while rotating. */
    secrets: z.int(),
    /** When the secret of before stops being taken; null when there is none. */
    oldSecretEndsAt: WhenSchema.nullable(),
    /** Null while the service that counts them cannot be asked. */
    seen: SeenHooksSchema.nullable(),
  }),
  /** Null when it was not checked since it was made. */
  lastCheck: LastCheckSchema.nullable(),
});
export type ShownConnection = z.output<typeof ShownConnectionSchema>;

/** `published` is false while the change waits for Kafka; it comes as soon as that is back. */
export const ChangedConnectionSchema = ShownConnectionSchema.extend({ published: z.boolean() });

export const listCrispConnections = defineOperation({
  id: 'listCrispConnections',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/crisp-connections',
  tag: 'Crisp',
  summary: 'The connections to Crisp of all bots of a workspace, and how each stands.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(ShownConnectionSchema.extend({ botName: z.string() })) }),
});

const path = '/v1/workspaces/{workspaceId}/bots/{botId}/crisp' as const;

export const getCrispConnection = defineOperation({
  id: 'getCrispConnection',
  method: 'GET',
  path,
  tag: 'Crisp',
  summary: 'The connection of a bot to Crisp.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: NOTHING,
  answer: ShownConnectionSchema,
  etag: 'shown',
});

export const putCrispConnection = defineOperation({
  id: 'putCrispConnection',
  method: 'PUT',
  path,
  tag: 'Crisp',
  summary:
    'Connects a bot to Crisp, or changes its connection. Crisp is asked first; what is missing there is told and nothing is kept. If-None-Match: * connects a bot that is not connected yet.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: z.object({
    /** `skip` keeps it without asking Crisp. */
    check: z.literal('skip').optional(),
  }),
  body: GivenConnectionSchema,
  answer: ChangedConnectionSchema,
  etag: 'required',
  problems: ['not-connectable', 'conflict'],
});

export const deleteCrispConnection = defineOperation({
  id: 'deleteCrispConnection',
  method: 'DELETE',
  path,
  tag: 'Crisp',
  summary: 'Disconnects a bot: its token is forgotten, nothing is said in Crisp any more, and its web hooks are not taken.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ published: z.boolean() }),
  etag: 'required',
});

export const checkCrispConnection = defineOperation({
  id: 'checkCrispConnection',
  method: 'POST',
  path: `${path}/check`,
  tag: 'Crisp',
  summary: 'Asks Crisp what a connection can do, and says what is missing; changes nothing.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: z.strictObject({
    /** One that is not kept yet; when it is left out, the one that the bot has. */
    connection: GivenConnectionSchema.optional(),
  }),
  answer: FindingsSchema,
  problems: ['too-many-requests'],
});

export const rotateHookSecret = defineOperation({
  id: 'rotateHookSecret',
  method: 'POST',
  path: `${path}/hook-secret`,
  tag: 'Crisp',
  summary: 'Makes a new secret for the web hook’s address, shown this once; the one in use is taken on for a while.',
  access: { to: 'workspace', role: 'editor', scope: 'bots' },
  params: OfBot,
  query: NOTHING,
  body: z.strictObject({
    /** How long the secret in use is still taken, in seconds; 0 ends it at once. */
    oldEndsInSeconds: z.int().min(0).max(604_800).default(86_400),
  }),
  answer: ChangedConnectionSchema,
  etag: 'required',
});
