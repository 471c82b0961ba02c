import { z } from 'zod';
import { InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

const LaneSchema = z.object({
  /** `words`, `desk`, `notes`, `marks` or `typing`: the most important first. */
  lane: z.string(),
  /** Nothing is spent for it at this moment. */
  isLeftOut: z.boolean(),
  /** It is left out beyond this part of the limit; null for never. */
  upTo: z.number().nullable(),
});

/** How everything stands, as of the last look. */
export const OperationsSchema = z.object({
  /** When somebody last looked; null before the first time. */
  at: WhenSchema.nullable(),
  services: z.array(
    z.object({
      /** `control-plane`, `ingress`, `orchestrator`, `dispatcher` or `ai`. */
      name: z.string(),
      /** `unknown`: nobody said where it is, or it does not show its health there. */
      state: z.enum(['ready', 'not-ready', 'away', 'unknown']),
      /** In its own words; for administrators. */
      problems: z.record(z.string(), z.string()),
      version: z.string().nullable(),
      startedAt: WhenSchema.nullable(),
    }),
  ),
  websites: z.array(
    z.object({
      websiteId: z.string(),
      bots: z.array(z.object({ botId: z.string(), name: z.string() })),
      /** What Crisp said when the token was last tried: `taken`, `refused`, `not-bound`, `no-answer`, `limited`, `unreadable`; null before. */
      token: z.string().nullable(),
      tokenTriedAt: WhenSchema.nullable(),
      lastHookAt: WhenSchema.nullable(),
      /** When something was last found that no web hook had told. */
      lastMissedAt: WhenSchema.nullable(),
      /** Calls of the token today (UTC); null while nobody can tell. */
      quota: z
        .object({
          used: z.int(),
          limit: z.int().nullable(),
          /** When the limit is reached at this pace; null when not today, or nobody can tell. */
          endsAt: WhenSchema.nullable(),
          quietUntil: WhenSchema.nullable(),
          lanes: z.array(LaneSchema),
          /** Oldest first, a point each quarter of an hour and finer in the last hour. */
          course: z.array(z.object({ at: WhenSchema, used: z.int() })),
        })
        .nullable(),
    }),
  ),
  /** Work outside that waits. */
  outside: z.array(
    z.object({
      service: z.string(),
      /** `crisp` or `messenger`. */
      kind: z.string(),
      /** A website or page. */
      id: z.string(),
      open: z.int(),
      oldestSeconds: z.number(),
      inDoubt: z.int(),
      isSick: z.boolean(),
    }),
  ),
  deadLettersOpen: z.int(),
  /** Of the whole installation: only for administrators. */
  installation: z
    .object({
      /** Null while Kafka could not be asked. */
      lag: z
        .array(z.object({ group: z.string(), topic: z.string(), isOurs: z.boolean(), lag: z.int(), stuckSeconds: z.number() }))
        .nullable(),
      outboxes: z.array(z.object({ service: z.string(), ageSeconds: z.number(), waiting: z.int() })),
      /** The last hour, oldest first. */
      course: z.array(z.object({ at: WhenSchema, lag: z.int().nullable(), outboxAgeSeconds: z.number().nullable() })),
    })
    .nullable(),
});
export type Operations = z.output<typeof OperationsSchema>;

export const getOperations = defineOperation({
  id: 'getOperations',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/operations',
  tag: 'Operations',
  summary: 'How services, websites, quotas and work outside stand; administrators also see lag and outboxes of the whole installation.',
  access: { to: 'workspace', role: 'viewer', scope: 'operations' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: OperationsSchema,
});
