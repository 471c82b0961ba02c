import { SlugSchema } from '@baton/contracts';
import { z } from 'zod';
import { InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** A day, UTC. */
const DaySchema = z.iso.date();

export const UsageOfMonthSchema = z.object({
  /** Calendar month (UTC), `2026-01`. */
  period: z.string(),
  /** Answers that were given. */
  used: z.int(),
  /** Answers that are being made. */
  reserved: z.int(),
  /** Questions that the end of the plan left without an answer. */
  turnedAway: z.int(),
  /** When its end was warned of. */
  warnedAt: WhenSchema.nullable(),
  bots: z.array(z.object({ botId: SlugSchema, inbox: z.int(), webchat: z.int(), messenger: z.int() })),
});
export type UsageOfMonth = z.output<typeof UsageOfMonthSchema>;

export const UsageSchema = z.object({
  /** Answers a month that all bots together may give; null without a limit. */
  limit: z.int().nullable(),
  /** From so many percent of the limit on, its end is warned of. */
  warnAt: z.int(),
  /** How this month stands against the plan. */
  state: z.enum(['unlimited', 'fine', 'near', 'ended']),
  /** Where this month leads when it goes on as in its last days; null while too little is known. */
  forecast: z
    .object({
      /** Answers at the month's end. */
      atMonthsEnd: z.int(),
      /** When the plan will be used up, if it will. */
      endsOn: DaySchema.nullable(),
    })
    .nullable(),
  /** This month first. */
  months: z.array(UsageOfMonthSchema),
  /** Oldest first; days without an answer are left out. */
  days: z.array(z.object({ day: DaySchema, botId: SlugSchema, answers: z.int() })),
});
export type Usage = z.output<typeof UsageSchema>;

export const getUsage = defineOperation({
  id: 'getUsage',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/usage',
  tag: 'Usage',
  summary: 'What a workspace used of its plan, by month, day and bot, and where the month leads.',
  access: { to: 'workspace', role: 'viewer', scope: 'bots' },
  params: InWorkspace,
  query: z.object({ months: z.coerce.number().int().min(1).max(13).default(3) }),
  body: NOTHING,
  answer: UsageSchema,
  problems: ['service-away', 'not-configured'],
});
