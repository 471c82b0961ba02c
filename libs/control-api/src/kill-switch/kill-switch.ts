import { KILL_SWITCH_SCOPES } from '@baton/contracts';
import { z } from 'zod';
import { InWorkspace, NOTHING, WhenSchema } from '../common.js';
import { defineOperation } from '../operation.js';

/** What a workspace may silence. */
const OfWorkspaceSchema = z.enum(['workspace', 'website', 'bot', 'conversation']);

/** A conversation's switch ends by itself after at most so many days. */
export const CONVERSATION_SWITCH_DAYS = 7;

/** A kill switch that is on. */
export const ShownKillSwitchSchema = z.object({
  scope: z.enum(KILL_SWITCH_SCOPES),
  /** The bot, the website of Crisp, the conversation (ours, or its session in Crisp), or the workspace; `all` for the installation. */
  id: z.string(),
  since: WhenSchema,
  by: z.string(),
  reason: z.string(),
  endsAt: WhenSchema.nullable(),
});
export type ShownKillSwitch = z.output<typeof ShownKillSwitchSchema>;

/** `published` is false while the change waits for Kafka. */
const SwitchedSchema = z.object({ killSwitch: ShownKillSwitchSchema.nullable(), published: z.boolean() });

const ReasonSchema = z.string().trim().min(1, 'say why, for whoever comes after you').max(500);
const SwitchOnSchema = z.object({
  reason: ReasonSchema,
  /** It ends by itself then; of a conversation it always does. */
  endsAt: WhenSchema.optional(),
});
const WhySchema = z.object({ reason: ReasonSchema });

const Of = InWorkspace.extend({ scope: OfWorkspaceSchema, id: z.string().min(1).max(200) });

export const listKillSwitches = defineOperation({
  id: 'listKillSwitches',
  method: 'GET',
  path: '/v1/workspaces/{workspaceId}/kill-switches',
  tag: 'Kill switch',
  summary: 'What is switched off in a workspace, with what is switched off everywhere.',
  access: { to: 'workspace', role: 'viewer', scope: 'operations' },
  params: InWorkspace,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ items: z.array(ShownKillSwitchSchema) }),
});

export const putKillSwitch = defineOperation({
  id: 'putKillSwitch',
  method: 'PUT',
  path: '/v1/workspaces/{workspaceId}/kill-switches/{scope}/{id}',
  tag: 'Kill switch',
  summary: 'From now on nothing automatic is said there: visitors who write to the bot get a human. Holds in all services within seconds.',
  access: { to: 'workspace', role: 'editor', scope: 'operations' },
  params: Of,
  query: NOTHING,
  body: SwitchOnSchema,
  answer: SwitchedSchema,
  problems: ['conflict'],
});

export const deleteKillSwitch = defineOperation({
  id: 'deleteKillSwitch',
  method: 'DELETE',
  path: '/v1/workspaces/{workspaceId}/kill-switches/{scope}/{id}',
  tag: 'Kill switch',
  summary: 'The bot and the assistant may speak there again.',
  access: { to: 'workspace', role: 'editor', scope: 'operations' },
  params: Of,
  query: WhySchema,
  body: NOTHING,
  answer: SwitchedSchema,
});

export const getInstallationKillSwitch = defineOperation({
  id: 'getInstallationKillSwitch',
  method: 'GET',
  path: '/v1/kill-switch',
  tag: 'Kill switch',
  summary: 'Whether everything automatic is switched off in all workspaces.',
  access: { to: 'installation' },
  params: NOTHING,
  query: NOTHING,
  body: NOTHING,
  answer: z.object({ killSwitch: ShownKillSwitchSchema.nullable() }),
});

export const putInstallationKillSwitch = defineOperation({
  id: 'putInstallationKillSwitch',
  method: 'PUT',
  path: '/v1/kill-switch',
  tag: 'Kill switch',
  summary: 'From now on nothing automatic is said in any workspace.',
  access: { to: 'installation' },
  params: NOTHING,
  query: NOTHING,
  body: SwitchOnSchema,
  answer: SwitchedSchema,
});

export const deleteInstallationKillSwitch = defineOperation({
  id: 'deleteInstallationKillSwitch',
  method: 'DELETE',
  path: '/v1/kill-switch',
  tag: 'Kill switch',
  summary: 'Bots and assistants may speak again, where no other switch is on.',
  access: { to: 'installation' },
  params: NOTHING,
  query: WhySchema,
  body: NOTHING,
  answer: SwitchedSchema,
});
