import type { BotSettings } from '@baton/contracts';
import { botOfKey } from '@baton/settings';
import type { SettingsStore } from '@baton/settings';
import { Refusal } from './refusal.js';

/**
 * The bot of the URL, when the request carries one of its keys; several bots may share one. Another bot's key says no more than a wrong
 * one: whether a bot exists is nobody else's affair.
 * @throws Refusal 401, or 503 while settings are not known well enough to say no
 */
export function botOfRequest(
  settings: Pick<SettingsStore, 'bot' | 'isFresh'>,
  botId: string,
  authorization: string | undefined,
): BotSettings {
  const asked = settings.bot(botId);
  const bot = botOfKey(authorization, asked ? [asked] : []);
  if (bot) return bot;
  if (!settings.isFresh(new Date())) throw new Refusal('not-ready', 'settings are still being read');
  throw new Refusal('unauthorized', 'the Authorization header must hold a bearer key of this bot');
}
