import type { BotSettings, CrispPluginSettings } from '@baton/contracts';

/** What can be set, as it is held in memory and published. */
export type Setting =
  | { readonly type: 'settings.bot'; readonly bot: BotSettings }
  | { readonly type: 'settings.crisp-plugin'; readonly plugin: CrispPluginSettings };

/** The id, and so the Kafka key, of a bot's settings. */
export function botSettingId(botId: string): string {
  return `bot:${botId}`;
}

/** The id, and so the Kafka key, of a Crisp plugin's settings. */
export function pluginSettingId(pluginId: string): string {
  return `crisp-plugin:${pluginId}`;
}

export function settingIdOf(setting: Setting): string {
  return setting.type === 'settings.bot' ? botSettingId(setting.bot.botId) : pluginSettingId(setting.plugin.pluginId);
}
