import { CrispPluginSettingsSchema, SlugSchema, WorkspaceSettingsSchema } from '@baton/contracts';
import { botDocumentSchema } from '@baton/control-api';
import { z } from 'zod';
import { secretReference } from './secret-reference.js';
import type { SecretSources } from './secret-reference.js';

/** A settings file: the settings of the contract, with references where they hold secrets, and API keys where they hold hashes. */
export function settingsFileSchema(sources: SecretSources) {
  const secret = secretReference(sources);
  return z.object({
    bots: z.array(
      botDocumentSchema(secret).extend({
        /** With which this bot calls our HTTP interface; only their hashes are published. */
        apiKeys: z.array(secret).max(5).default([]),
      }),
    ),
    /** What workspaces may use; one that is not named here may do everything. */
    workspaces: z.array(WorkspaceSettingsSchema.extend({ workspaceId: SlugSchema })).default([]),
    crispPlugins: z.array(CrispPluginSettingsSchema.extend({ signingSecrets: z.array(secret).min(1).max(2) })).default([]),
  });
}

export type SettingsFile = z.output<ReturnType<typeof settingsFileSchema>>;
