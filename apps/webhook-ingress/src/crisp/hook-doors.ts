import type { SettingsView } from '@baton/settings';
import { botSettingId, pluginSettingId } from '@baton/settings';
import { TokenBucket } from '../rate/token-bucket.js';
import { opened } from '../settings/opened.js';

/** What a web hook has to pass at one URL. */
interface Door {
  /** One, or two while rotating. */
  readonly secrets: readonly string[];
  readonly rate: TokenBucket;
}

export interface BotDoor extends Door {
  readonly websiteId: string;
}

export interface PluginDoor extends Door {
  readonly freshnessMs: number;
}

export type Settings = Pick<SettingsView, 'bot' | 'plugin' | 'open' | 'onChange' | 'isFresh' | 'isDoubtful' | 'botsOfWebsite'>;

/** The doors of all bots and plugins, made ready once for each state of their settings. */
export class HookDoors {
  private readonly bots = new Map<string, BotDoor>();
  private readonly plugins = new Map<string, PluginDoor>();

  constructor(
    private readonly settings: Settings,
    private readonly now: () => number,
  ) {
    settings.onChange((settingId) => {
      for (const [botId] of this.bots) if (botSettingId(botId) === settingId) this.bots.delete(botId);
      for (const [pluginId] of this.plugins) if (pluginSettingId(pluginId) === settingId) this.plugins.delete(pluginId);
    });
  }

  /** Undefined when there is no such bot, it has no Crisp connection, or the ingress has none of its secrets. */
  ofBot(botId: string): BotDoor | undefined {
    const ready = this.bots.get(botId);
    if (ready) return ready;
    const bot = this.settings.bot(botId);
    const secrets = bot?.crisp && opened(this.settings, bot.crisp.hookSecrets);
    if (!bot?.crisp || !secrets) return undefined;
    const door = { websiteId: bot.crisp.websiteId, secrets, rate: new TokenBucket(bot.hooksPerSecond, this.now()) };
    this.bots.set(botId, door);
    return door;
  }

  /** Undefined when there is no such plugin, or the ingress cannot open its secrets. */
  ofPlugin(pluginId: string): PluginDoor | undefined {
    const ready = this.plugins.get(pluginId);
    if (ready) return ready;
    const plugin = this.settings.plugin(pluginId);
    const secrets = plugin && opened(this.settings, plugin.signingSecrets);
    if (!plugin || !secrets) return undefined;
    const door = { freshnessMs: plugin.freshnessSeconds * 1_000, secrets, rate: new TokenBucket(plugin.hooksPerSecond, this.now()) };
    this.plugins.set(pluginId, door);
    return door;
  }
}
