import { createHash } from 'node:crypto';
import type { AssistantSettings } from '@baton/contracts';
import { botSettingId, pluginSettingId, seal } from '@baton/settings';
import type { SecretKeys, Setting } from '@baton/settings';
import type { SettingsFile } from './file-schema.js';

/** The settings of a file as they are published: secrets sealed for those who may open them, API keys as hashes. */
export function toSettings(file: SettingsFile, keys: Required<SecretKeys>): Setting[] {
  const bots = file.bots.map(({ apiKeys, crisp, messenger, assistant, ...bot }): Setting => {
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
        assistant: assistantSettings(assistant, settingId, keys),
        ...(messenger && { messenger: messengerSettings(messenger, settingId, keys) }),
      },
    };
  });
  const plugins = file.crispPlugins.map((plugin): Setting => {
    const settingId = pluginSettingId(plugin.pluginId);
    const signingSecrets = plugin.signingSecrets.map((secret) => seal({ purpose: 'webhooks', settingId }, keys.webhooks, secret));
    return { type: 'settings.crisp-plugin', plugin: { ...plugin, signingSecrets } };
  });
  const workspaces = file.workspaces.map(({ workspaceId, ...workspace }): Setting => ({
    type: 'settings.workspace',
    workspaceId,
    workspace,
  }));
  return [...bots, ...plugins, ...workspaces];
}

function assistantSettings(
  { model, ...assistant }: SettingsFile['bots'][number]['assistant'],
  settingId: string,
  keys: Required<SecretKeys>,
): AssistantSettings {
  if (!model) return assistant;
  const { apiKey, ...connection } = model;
  const sealed = apiKey === undefined ? {} : { apiKey: seal({ purpose: 'models', settingId }, keys.models, apiKey) };
  return { ...assistant, model: { ...connection, ...sealed } };
}

function messengerSettings(
  { pageToken, appSecrets, proofSecret, verifyToken, ...messenger }: NonNullable<SettingsFile['bots'][number]['messenger']>,
  settingId: string,
  keys: Required<SecretKeys>,
) {
  const forIngress = (secret: string) => seal({ purpose: 'webhooks', settingId }, keys.webhooks, secret);
  const forSender = (secret: string) => seal({ purpose: 'messenger', settingId }, keys.messenger, secret);
  return {
    ...messenger,
    pageToken: forSender(pageToken),
    appSecrets: appSecrets.map(forIngress),
    ...(proofSecret !== undefined && { proofSecret: forSender(proofSecret) }),
    verifyToken: forIngress(verifyToken),
  };
}
