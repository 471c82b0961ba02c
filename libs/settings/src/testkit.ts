import { randomBytes } from 'node:crypto';
import { BotSettingsSchema, CrispPluginSettingsSchema } from '@baton/contracts';
import { seal } from './secrets/seal.js';
import type { SecretKeys } from './secrets/seal.js';
import { botSettingId, pluginSettingId } from './setting.js';
import type { Setting } from './setting.js';

export const WEBSITE = '11111111-2222-4333-8444-555555555555';

export function someKeys(): Required<SecretKeys> {
  const key = () => randomBytes(32).toString('base64');
  return { webhooks: key(), crisp: key(), messenger: key(), models: key() };
}

/** A bot whose Crisp website has these hook secrets. */
export function aBot(keys: SecretKeys, botId = 'demo', o: { name?: string; hookSecrets?: string[]; tokenKey?: string } = {}): Setting {
  const settingId = botSettingId(botId);
  const bot = BotSettingsSchema.parse({
    botId,
    workspaceId: 'acme',
    name: o.name ?? 'Demo',
    crisp: {
      websiteId: WEBSITE,
      tokenId: 'token',
      tokenKey: seal({ purpose: 'crisp', settingId }, keys.crisp!, o.tokenKey ?? 'crisp-key'),
      hookSecrets: (o.hookSecrets ?? ['hook-secret']).map((secret) => seal({ purpose: 'webhooks', settingId }, keys.webhooks!, secret)),
    },
  });
  return { type: 'settings.bot', bot };
}

export function aPlugin(keys: SecretKeys, pluginId = '0b0b0b0b-0000-4000-8000-000000000001', secrets = ['signing-secret']): Setting {
  const settingId = pluginSettingId(pluginId);
  const signingSecrets = secrets.map((secret) => seal({ purpose: 'webhooks', settingId }, keys.webhooks!, secret));
  return { type: 'settings.crisp-plugin', plugin: CrispPluginSettingsSchema.parse({ pluginId, signingSecrets }) };
}
