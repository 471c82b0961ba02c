import type { BotSettings, SecretPurpose } from '@baton/contracts';
import { botDocumentSchema, ShownSecretSchema } from '@baton/control-api';
import { botSettingId, purposeOf, seal, sealedIn } from '@baton/settings';
import type { SecretKeys } from '@baton/settings';
import { z } from 'zod';
import { fingerprintOf } from '../documents/secrets.js';

/** Where a bot keeps secrets of which purpose, by the last name of the path. */
const PURPOSES: Readonly<Record<string, SecretPurpose>> = {
  tokenKey: 'crisp',
  hookSecrets: 'webhooks',
  pageToken: 'messenger',
  proofSecret: 'messenger',
  appSecrets: 'webhooks',
  verifyToken: 'webhooks',
  apiKey: 'models',
};

/**
 * The settings of a bot that was given with secrets in clear or marks of those to keep: sealed, and with the API keys of before.
 * @throws z.ZodError where a mark means no secret of this bot
 */
export function sealedBot(given: unknown, before: BotSettings | undefined, keys: Required<SecretKeys>): BotSettings {
  const kept = new Map(sealedIn(before).map((sealed) => [fingerprintOf(sealed), sealed]));
  const botId = (given as { botId: string }).botId;
  const settingId = botSettingId(botId);
  const secretAt = (purpose: SecretPurpose) =>
    z.union([z.string().min(1).max(512), ShownSecretSchema]).transform((secret, context) => {
      if (typeof secret === 'string') return seal({ purpose, settingId }, keys[purpose], secret);
      const sealed = kept.get(secret.fingerprint);
      if (sealed !== undefined && purposeOf(sealed) === purpose) return sealed;
      context.addIssue({ code: 'custom', message: 'is no secret of this bot (any more): load it again, or give the secret itself' });
      return z.NEVER;
    });
  const marked = sealWhere(given, undefined, secretAt);
  const bot = botDocumentSchema(z.string()).parse(marked);
  return { ...bot, apiKeyHashes: before?.apiKeyHashes ?? [] };
}

/** Seals each secret by the place where it stands. */
function sealWhere(value: unknown, name: string | undefined, secretAt: (purpose: SecretPurpose) => z.ZodType): unknown {
  const purpose = name === undefined ? undefined : PURPOSES[name];
  if (purpose !== undefined && isSecret(value)) return secretAt(purpose).parse(value, { reportInput: false });
  if (Array.isArray(value)) return value.map((inner) => sealWhere(inner, name, secretAt));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, sealWhere(inner, key, secretAt)]));
}

const isSecret = (value: unknown): boolean => typeof value === 'string' || ShownSecretSchema.safeParse(value).success;
