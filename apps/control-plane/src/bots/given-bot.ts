import type { BotSettings, SecretPurpose } from '@baton/contracts';
import { botDocumentSchema } from '@baton/control-api';
import { botSettingId } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { z } from 'zod';
import { withSealedSecrets } from '../documents/given-secrets.js';

/** Where a bot keeps secrets of which purpose. */
const PURPOSES: Readonly<Record<string, SecretPurpose>> = {
  'crisp.tokenKey': 'crisp',
  'crisp.hookSecrets': 'webhooks',
  'messenger.pageToken': 'messenger',
  'messenger.proofSecret': 'messenger',
  'messenger.appSecrets': 'webhooks',
  'messenger.verifyToken': 'webhooks',
  'assistant.model.apiKey': 'models',
};

const SealedBotSchema = botDocumentSchema(z.string());

/**
 * The settings of a bot that was given with secrets in clear or marks of those to keep: sealed, and with the API keys of before.
 * @throws ApiRefusal where a mark means no secret of this bot
 */
export function sealedBot(given: { readonly botId: string }, before: BotSettings | undefined, keys: Required<SecretKeys>): BotSettings {
  const settingId = botSettingId(given.botId);
  const bot = SealedBotSchema.parse(withSealedSecrets(given, { settingId, before, purposes: PURPOSES, keys }));
  return { ...bot, apiKeyHashes: before?.apiKeyHashes ?? [] };
}
