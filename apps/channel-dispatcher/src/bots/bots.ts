import { SlugSchema } from '@baton/contracts';
import type { BotSettings } from '@baton/contracts';

/** What is known of the bots at this moment; `@baton/settings` knows it. */
export interface KnownBots {
  bot(botId: string): BotSettings | undefined;
  /** The settings were read to their end once. */
  readonly caughtUp: boolean;
  /** When the publisher was last known to live. */
  readonly freshAt: Date | undefined;
}

export type WebchatBot = BotSettings & { readonly webchat: NonNullable<BotSettings['webchat']> };

/** Settings older than this may lack a new bot. */
const FRESH_FOR_MS = 60_000;

/** Finds a bot that visitors may talk to. `unknown-bot` is only said when the settings are fresh: else it may be a new one. */
export function findBot(known: KnownBots, botId: string, now: Date): WebchatBot | 'unknown-bot' | 'try-later' {
  if (!SlugSchema.safeParse(botId).success) return 'unknown-bot';
  const bot = known.bot(botId);
  if (bot?.enabled && bot.webchat) return { ...bot, webchat: bot.webchat };
  const isFresh = known.caughtUp && known.freshAt !== undefined && now.getTime() - known.freshAt.getTime() <= FRESH_FOR_MS;
  return isFresh ? 'unknown-bot' : 'try-later';
}

/** Whether a page of this origin may show the widget of this bot. */
export function mayShow(bot: WebchatBot, origin: string): boolean {
  return bot.webchat.allowedOrigins.includes(origin.toLowerCase());
}
