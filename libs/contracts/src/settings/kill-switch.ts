import { z } from 'zod';
import { SlugSchema, TimeSchema } from '../ids.js';

/** What a kill switch silences: everything of the installation or of a workspace, a website of Crisp, a bot, or one conversation. */
export const KILL_SWITCH_SCOPES = ['installation', 'workspace', 'website', 'bot', 'conversation'] as const;
export const KillSwitchScopeSchema = z.enum(KILL_SWITCH_SCOPES);
export type KillSwitchScope = z.output<typeof KillSwitchScopeSchema>;

/** Who is named where the switch is for the whole installation. */
export const ALL = 'all';

/** While it is there, nothing automatic is said where it is on; humans and handovers go on. */
export const KillSwitchSchema = z.object({
  scope: KillSwitchScopeSchema,
  /** The id of what is silenced: of a conversation ours, or its session in Crisp; `all` for the installation. */
  id: z.string().min(1).max(200),
  /** Absent for the installation. Of others it touches nothing that belongs to another workspace, whatever its id says. */
  workspaceId: SlugSchema.optional(),
  since: TimeSchema,
  /** Who switched, as he is shown. */
  by: z.string().max(200),
  reason: z.string().trim().min(1).max(500),
  /** It ends by itself then. */
  endsAt: TimeSchema.optional(),
});
export type KillSwitch = z.output<typeof KillSwitchSchema>;
