import { randomBytes } from 'node:crypto';
import { BotSettingsSchema, CrispPluginSettingsSchema, encodeEvent, newId, settings } from '@baton/contracts';
import { botSettingId, HeldSettings, pluginSettingId, seal, settingIdOf, SettingsView } from '@baton/settings';
import type { Setting } from '@baton/settings';

export const WEBSITE = '11111111-2222-4333-8444-555555555555';
export const KEY = randomBytes(32).toString('base64');

/** Settings that were published at a time that the test says, read to their end. */
export class KnownSettings extends SettingsView {
  constructor(private readonly publishedAt: Date) {
    super(new HeldSettings({ webhooks: KEY }));
    this.markCaughtUp();
  }

  put(...wanted: readonly Setting[]): this {
    for (const setting of wanted) {
      const { type, ...content } = setting;
      const data = { settingId: settingIdOf(setting), revision: 1, publishedAt: this.publishedAt.toISOString(), ...content };
      this.held.apply(encodeEvent(settings, type, data as never, { id: newId(), source: 'urn:baton:test', time: this.publishedAt }));
      this.tell(settingIdOf(setting));
    }
    return this;
  }

  /** A record that nobody can read. */
  breakSetting(settingId: string): this {
    this.held.apply({ key: settingId, value: '{', headers: {} });
    return this;
  }
}

export function aBot(o: { botId?: string; websiteId?: string; secrets?: string[]; hooksPerSecond?: number; key?: string } = {}): Setting {
  const { botId = 'demo', websiteId = WEBSITE, secrets = ['hook-secret'], hooksPerSecond = 1_000, key = KEY } = o;
  const settingId = botSettingId(botId);
  const sealed = (purpose: 'crisp' | 'webhooks', secret: string) => seal({ purpose, settingId }, key, secret);
  const hookSecrets = secrets.map((secret) => sealed('webhooks', secret));
  const crisp = { websiteId, tokenId: 't', tokenKey: sealed('crisp', 'k'), hookSecrets };
  return { type: 'settings.bot', bot: BotSettingsSchema.parse({ botId, workspaceId: 'acme', name: 'Demo', hooksPerSecond, crisp }) };
}

export function aPlugin(o: { pluginId?: string; secrets?: string[]; freshnessSeconds?: number } = {}): Setting {
  const { pluginId = 'plugin-1', secrets = ['signing-secret'], freshnessSeconds = 86_400 } = o;
  const signingSecrets = secrets.map((secret) => seal({ purpose: 'webhooks', settingId: pluginSettingId(pluginId) }, KEY, secret));
  return { type: 'settings.crisp-plugin', plugin: CrispPluginSettingsSchema.parse({ pluginId, signingSecrets, freshnessSeconds }) };
}
