import {
  AssistantSettingsSchema,
  BotSettingsSchema,
  CrispConnectionSchema,
  CrispPluginSettingsSchema,
  MessengerConnectionSchema,
  ModelConnectionSchema,
  SlugSchema,
  WorkspaceSettingsSchema,
} from '@baton/contracts';
import { z } from 'zod';
import { secretReference } from './secret-reference.js';
import type { SecretSources } from './secret-reference.js';

/** A settings file: the settings of the contract, with references where they hold secrets, and API keys where they hold hashes. */
export function settingsFileSchema(sources: SecretSources) {
  const secret = secretReference(sources);
  return z.object({
    bots: z.array(
      BotSettingsSchema.omit({ apiKeyHashes: true }).extend({
        /** With which this bot calls our HTTP interface; only their hashes are published. */
        apiKeys: z.array(secret).max(5).default([]),
        crisp: CrispConnectionSchema.extend({ tokenKey: secret, hookSecrets: z.array(secret).max(2).default([]) }).optional(),
        messenger: MessengerConnectionSchema.extend({
          pageToken: secret,
          appSecrets: z.array(secret).min(1).max(2),
          proofSecret: secret.optional(),
          verifyToken: secret,
        }).optional(),
        assistant: AssistantSettingsSchema.extend({
          model: ModelConnectionSchema.extend({ apiKey: secret.optional() }).optional(),
        }).prefault({}),
      }),
    ),
    /** What workspaces may use; one that is not named here may do everything. */
    workspaces: z.array(WorkspaceSettingsSchema.extend({ workspaceId: SlugSchema })).default([]),
    crispPlugins: z.array(CrispPluginSettingsSchema.extend({ signingSecrets: z.array(secret).min(1).max(2) })).default([]),
  });
}

export type SettingsFile = z.output<ReturnType<typeof settingsFileSchema>>;
