import { randomBytes } from 'node:crypto';
import { BotSettingsSchema, CrispPluginSettingsSchema, WorkspaceSettingsSchema, encodeEvent, newId, settings } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import { HeldSettings } from './held-settings.js';
import { seal } from './secrets/seal.js';
import type { SecretKeys } from './secrets/seal.js';
import { botSettingId, pluginSettingId, settingIdOf } from './setting.js';
import type { Setting } from './setting.js';
import { SettingsView } from './settings-view.js';

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

/** Of which nothing but whose it is matters. */
export function aPlainBot(botId: string, workspaceId: string): Setting {
  return { type: 'settings.bot', bot: BotSettingsSchema.parse({ botId, workspaceId, name: botId }) };
}

/** A workspace that keeps conversations for so many days, and the bots that it had. */
export function aWorkspace(workspaceId: string, conversationDays?: number, formerBots?: readonly string[]): Setting {
  const workspace = WorkspaceSettingsSchema.parse({ retention: { conversationDays } });
  return { type: 'settings.workspace', workspaceId, workspace, ...(formerBots && { formerBots }) };
}

/** As it stands on the topic. */
export function recordOf(setting: Setting, revision: number, time: Date): OutgoingRecord {
  const { type, ...content } = setting;
  const data = { settingId: settingIdOf(setting), revision, publishedAt: time.toISOString(), ...content };
  return encodeEvent(settings, type, data as never, { id: newId(), source: 'urn:baton:test', time });
}

/** What a service knows that has read exactly these from the topic. */
export function viewOf(all: readonly Setting[], keys: SecretKeys = {}): SettingsView {
  const held = new HeldSettings(keys);
  for (const setting of all) held.apply(recordOf(setting, 1, new Date(0)));
  return new SettingsView(held);
}
