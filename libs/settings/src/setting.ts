import type { EventOn, settings, BotSettings, CrispPluginSettings, KillSwitch, WorkspaceSettings } from '@baton/contracts';

/** What can be set, as it is held in memory and published. */
export type Setting =
  | { readonly type: 'settings.bot'; readonly bot: BotSettings }
  | { readonly type: 'settings.crisp-plugin'; readonly plugin: CrispPluginSettings }
  | {
      readonly type: 'settings.workspace';
      readonly workspaceId: string;
      readonly workspace: WorkspaceSettings;
      /** Bots of it that were taken away. */
      readonly formerBots?: readonly string[] | undefined;
    }
  | { readonly type: 'settings.kill-switch'; readonly killSwitch: KillSwitch };

/** What a record of the topic sets. */
export function settingOf(event: Exclude<EventOn<typeof settings>, { type: 'settings.heartbeat' }>): Setting {
  switch (event.type) {
    case 'settings.bot':
      return { type: event.type, bot: event.data.bot };
    case 'settings.crisp-plugin':
      return { type: event.type, plugin: event.data.plugin };
    case 'settings.workspace':
      return workspaceSetting(event.data);
    case 'settings.kill-switch':
      return { type: event.type, killSwitch: event.data.killSwitch };
  }
}

/** What is said of a workspace; of one that no bot ever left nothing more is said. */
export function workspaceSetting(
  of: Pick<Extract<Setting, { type: 'settings.workspace' }>, 'workspaceId' | 'workspace' | 'formerBots'>,
): Setting {
  const { workspaceId, workspace, formerBots = [] } = of;
  return { type: 'settings.workspace', workspaceId, workspace, ...(formerBots.length > 0 && { formerBots }) };
}

/** The id, and so the Kafka key, of a bot's settings. */
export function botSettingId(botId: string): string {
  return `bot:${botId}`;
}

/** The id, and so the Kafka key, of a Crisp plugin's settings. */
export function pluginSettingId(pluginId: string): string {
  return `crisp-plugin:${pluginId}`;
}

/** The id, and so the Kafka key, of a workspace's settings. */
export function workspaceSettingId(workspaceId: string): string {
  return `workspace:${workspaceId}`;
}

/** The id, and so the Kafka key, of a kill switch: what belongs to one workspace never meets what belongs to another. */
export function killSwitchSettingId({ scope, id, workspaceId }: Pick<KillSwitch, 'scope' | 'id' | 'workspaceId'>): string {
  return `kill-switch:${scope}:${workspaceId ?? ''}:${id}`;
}

export function settingIdOf(setting: Setting): string {
  switch (setting.type) {
    case 'settings.bot':
      return botSettingId(setting.bot.botId);
    case 'settings.crisp-plugin':
      return pluginSettingId(setting.plugin.pluginId);
    case 'settings.workspace':
      return workspaceSettingId(setting.workspaceId);
    case 'settings.kill-switch':
      return killSwitchSettingId(setting.killSwitch);
  }
}
