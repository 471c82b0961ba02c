import type { BotSettings, SecretPurpose } from '@baton/contracts';
import { botDocumentSchema } from '@baton/control-api';
import { botSettingId } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { z } from 'zod';
import { refusalOf } from '../api/field-errors.js';
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
 * @throws ApiRefusal where a mark means no secret of this bot, or the key of a model would be told to another endpoint
 */
export function sealedBot(given: { readonly botId: string }, before: BotSettings | undefined, keys: Required<SecretKeys>): BotSettings {
  const settingId = botSettingId(given.botId);
  const bot = SealedBotSchema.parse(withSealedSecrets(given, { settingId, before, purposes: PURPOSES, keys }));
  requireKeyOfEndpoint(given, bot.assistant.model, before?.assistant.model);
  return { ...bot, apiKeyHashes: before?.apiKeyHashes ?? [] };
}

type Model = BotSettings['assistant']['model'];

/** Who may set a bot up need not know its key: it is not told to an endpoint that he names, unless he gives it himself. */
function requireKeyOfEndpoint(given: object, after: Model, before: Model): void {
  const isMark = typeof (given as GivenModel).assistant?.model?.apiKey === 'object';
  if (after?.apiKey === undefined || !isMark || after.baseUrl === before?.baseUrl) return;
  throw refusalOf([{ pointer: '/assistant/model/apiKey', message: 'must be given once more for another address' }]);
}

interface GivenModel {
  readonly assistant?: { readonly model?: { readonly apiKey?: unknown } };
}
