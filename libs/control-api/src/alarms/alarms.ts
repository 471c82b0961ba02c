import { z } from 'zod';
import { AuthorSchema, InWorkspace, NOTHING, PageQuery, WhenSchema, pageOf } from '../common.js';
import { defineOperation } from '../operation.js';

/** `critical`: somebody waits or gets nothing. `warning`: it will come to that, or something is missing. */
export const ALARM_SEVERITIES = ['critical', 'warning'] as const;
export type AlarmSeverity = (typeof ALARM_SEVERITIES)[number];

export const AlarmSchema = z.object({
  alarmId: z.uuid(),
  /** Such as `token-refused`; the same for ever. */
  code: z.string(),
  severity: z.enum(ALARM_SEVERITIES),
  /** Null for the whole installation: only administrators see it. */
  workspaceId: z.string().nullable(),
  /** A bot, a website, a service, a group and its topic. */
  about: z.string(),
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  title: z.string(),
  /** Why it matters, and to whom. */
  why: z.string(),
  todo: z.string(),
  /** Where a platform team reads more. */
  runbook: z.string(),
  state: z.enum(['open', 'closed']),
  /** Since when it was wrong. */
  since: WhenSchema,
  closedAt: WhenSchema.nullable(),
  mutedUntil: WhenSchema.nullable(),
  acknowledgedBy: AuthorSchema.nullable(),
  acknowledgedAt: WhenSchema.nullable(),
});
export type Alarm = z.output<typeof AlarmSchema>;

const TAG = 'Alarms';
const PATH = '/v1/workspaces/{workspaceId}/alarms';
const OneAlarm = InWorkspace.extend({ alarmId: z.uuid() });
const MAY_READ = { to: 'workspace', role: 'viewer', scope: 'operations' } as const;
const MAY_CHANGE = { to: 'workspace', role: 'editor', scope: 'operations' } as const;

export const listAlarms = defineOperation({
  id: 'listAlarms',
  method: 'GET',
  path: PATH,
  tag: TAG,
  summary: 'What is wrong now, or was; administrators also see what concerns the whole installation.',
  access: MAY_READ,
  params: InWorkspace,
  query: PageQuery.extend({ state: z.enum(['open', 'closed']).default('open') }),
  body: NOTHING,
  answer: pageOf(AlarmSchema),
});

export const countAlarms = defineOperation({
  id: 'countAlarms',
  method: 'GET',
  path: `${PATH}/count`,
  tag: TAG,
  summary: 'How many alarms are open and not muted.',
  access: MAY_READ,
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ critical: z.int(), warning: z.int() }),
});

export const muteAlarm = defineOperation({
  id: 'muteAlarm',
  method: 'PUT',
  path: `${PATH}/{alarmId}/mute`,
  tag: TAG,
  summary: 'Leaves an alarm out of the count and of the metrics for a while; it stays on the list.',
  access: MAY_CHANGE,
  params: OneAlarm,
  query: NOTHING,
  body: z.object({ minutes: z.int().min(5).max(10_080) }),
  answer: AlarmSchema,
});

export const unmuteAlarm = defineOperation({
  id: 'unmuteAlarm',
  method: 'DELETE',
  path: `${PATH}/{alarmId}/mute`,
  tag: TAG,
  summary: 'Lets an alarm be heard again.',
  access: MAY_CHANGE,
  params: OneAlarm,
  query: NOTHING,
  body: NOTHING,
  answer: AlarmSchema,
});

export const acknowledgeAlarm = defineOperation({
  id: 'acknowledgeAlarm',
  method: 'POST',
  path: `${PATH}/{alarmId}/acknowledge`,
  tag: TAG,
  summary: 'Says that somebody looks after it; who said so first stays.',
  access: MAY_CHANGE,
  params: OneAlarm,
  query: NOTHING,
  body: NOTHING,
  answer: AlarmSchema,
});
