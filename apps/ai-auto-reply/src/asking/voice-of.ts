import { visitorLanguage } from '@baton/answering';
import type { TalkLine, Voice } from '@baton/answering';
import type { BotSettings } from '@baton/contracts';

/**
 * How the house speaks its own lines in a talk: in the visitor's language and the bot's name.
 * @param locale what is known of the visitor's language beside his words; the team's where nothing is
 */
export function voiceOf(bot: BotSettings, talk: readonly TalkLine[], locale?: string | null): Voice {
  const said = talk.flatMap(({ from, text }) => (from === 'visitor' ? [text] : []));
  const { persona, texts } = bot.assistant;
  return { language: visitorLanguage(said, locale ?? bot.locale), botName: persona.name ?? bot.name, texts };
}
