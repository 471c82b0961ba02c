import {
  AssistantSettingsSchema,
  BotSettingsSchema,
  CrispConnectionSchema,
  MessengerConnectionSchema,
  ModelConnectionSchema,
} from '@baton/contracts';
import { z } from 'zod';

/** The settings of a bot with another form where they hold secrets: a reference in a file, a mark or a new secret over the API. */
export function botDocumentSchema<Secret extends z.ZodType>(secret: Secret) {
  return BotSettingsSchema.omit({ apiKeyHashes: true }).extend({
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
  });
}
