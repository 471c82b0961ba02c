import type { BotSettings } from '@baton/contracts';

/**
 * Whether the bot, which has the floor, is going to say something: not while it is switched off, nor while it may be silent because somebody
 * else answered. It may be silent for other reasons, which only the orchestrator knows.
 * @param elsewhereAt when somebody else last wrote as the page
 */
export function isBotAnswering(
  bot: { readonly enabled: boolean; readonly handover: Pick<BotSettings['handover'], 'elsewhereMuteSeconds'> } | undefined,
  elsewhereAt: Date | null,
  now: Date,
): boolean {
  if (!bot?.enabled) return false;
  return elsewhereAt === null || now.getTime() - elsewhereAt.getTime() >= bot.handover.elsewhereMuteSeconds * 1_000;
}
