import { createHash } from 'node:crypto';
import { botSettingId, pluginSettingId, seal } from '@baton/settings';
import type { SecretKeys, Setting } from '@baton/settings';
import type { SettingsFile } from './file-schema.js';

/** The settings of a file as they are published: secrets sealed for those who may open them, API keys as hashes. */
export function toSettings(file: SettingsFile, keys: Required<SecretKeys>): Setting[] {
  const bots = file.bots.map(({ apiKeys, crisp, ...bot }): Setting => {
    const settingId = botSettingId(bot.botId);
    return {
      type: 'settings.bot',
      bot: {
        ...bot,
        apiKeyHashes: apiKeys.map((key) => createHash('sha256').update(key).digest('hex')),
        ...(crisp && {
          crisp: {
            ...crisp,
            tokenKey: seal({ purpose: 'crisp', settingId }, keys.crisp, crisp.tokenKey),
            hookSecrets: crisp.hookSecrets.map((secret) => seal({ purpose: 'webhooks', settingId }, keys.webhooks, secret)),
          },
        }),
      },
    };
  });
  const plugins = file.crispPlugins.map((plugin): Setting => {
    const settingId = pluginSettingId(plugin.pluginId);
    const signingSecrets = plugin.signingSecrets.map((secret) => seal({ purpose: 'webhooks', settingId }, keys.webhooks, secret));
    return { type: 'settings.crisp-plugin', plugin: { ...plugin, signingSecrets } };
  });
  return [...bots, ...plugins];
}
