import type { SettingsView } from '@baton/settings';
import { botSettingId } from '@baton/settings';
import { TokenBucket } from '../rate/token-bucket.js';
import { opened } from '../settings/opened.js';

/** What a web hook of Meta has to pass at the URL of one bot. */
export interface MessengerDoor {
  readonly workspaceId: string;
  readonly pageId: string;
  /** The app's: one, or two while rotating. */
  readonly secrets: readonly string[];
  /** Undefined when we cannot open it: what is signed is taken nevertheless. */
  readonly verifyToken: string | undefined;
  readonly rate: TokenBucket;
}

export type MessengerSettings = Pick<SettingsView, 'bot' | 'open' | 'onChange' | 'isFresh' | 'isDoubtful' | 'botOfPage'>;

/** The doors of all bots with a page, made ready once for each state of their settings. */
export class MessengerDoors {
  private readonly doors = new Map<string, MessengerDoor>();

  constructor(
    private readonly settings: MessengerSettings,
    private readonly now: () => number,
  ) {
    settings.onChange((settingId) => {
      for (const [botId] of this.doors) if (botSettingId(botId) === settingId) this.doors.delete(botId);
    });
  }

  /** Undefined when there is no such bot, it has no page, or the ingress has none of the app's secrets. */
  ofBot(botId: string): MessengerDoor | undefined {
    const ready = this.doors.get(botId);
    if (ready) return ready;
    const bot = this.settings.bot(botId);
    const secrets = bot?.messenger && opened(this.settings, bot.messenger.appSecrets);
    if (!bot?.messenger || !secrets) return undefined;
    const door = {
      workspaceId: bot.workspaceId,
      pageId: bot.messenger.pageId,
      secrets,
      verifyToken: opened(this.settings, [bot.messenger.verifyToken])?.[0],
      rate: new TokenBucket(bot.hooksPerSecond, this.now()),
    };
    this.doors.set(botId, door);
    return door;
  }
}
