import {
  filledLine,
  isOpen,
  keepAliveLines,
  nextOpening,
  noAgentLines,
  offersMailFor,
  sayable,
  textLines,
  voiceFor,
  waysOn,
  withWaysOn,
} from '@baton/contracts';
import type { BotMessage, DeclineReason, HandoverSettings, LineValues, NoAgentLine, Speaker, TextName } from '@baton/contracts';

/** Of a bot: what decides which line is said. */
export interface SpeakingBot {
  readonly handover: HandoverSettings;
  readonly locale: string;
  readonly isConnectedToCrisp: boolean;
}

/** What a visitor would read, and why. */
export interface Said {
  readonly message: BotMessage;
  readonly line: NoAgentLine;
  /** Would come first, but says {time} while nobody knows it. */
  readonly passedOver: readonly NoAgentLine[];
  /** Titles of replies for which there is no room. */
  readonly leftOut: readonly string[];
}

const HOUR = 3_600_000;
const DAY = 24 * HOUR;

/**
 * What a visitor of a language reads when no human can be promised.
 * @param reason null: the general line alone
 * @param now ms
 */
export function saidWhenNobody(bot: SpeakingBot, language: string, reason: DeclineReason | null, now: number): Said {
  const { handover } = bot;
  const voice = voiceFor(bot, language);
  const at = reason === 'closed' ? whenClosed(handover, now) : now;
  const values: LineValues = reason === 'closed' ? { time: opensAfter(handover, at) } : {};
  const lines = noAgentLines(voice, reason);
  const line = sayable(lines, values)!;
  const text = filledLine(line.text, values, { language: line.speaker.language, now: at, timeZone: handover.hours?.timeZone ?? 'UTC' });
  const message = { ...line.message, text };
  const passedOver = lines.slice(0, lines.indexOf(line));
  if (!offersMailFor(reason ?? 'nobody-online', handover, bot.isConnectedToCrisp)) return { message, line, passedOver, leftOut: [] };
  const ways = {
    contactByEmail: textSaid(bot, language, 'contactByEmail').text,
    continueWithBot: textSaid(bot, language, 'continueWithBot').text,
  };
  const whole = withWaysOn(message, ways);
  const leftOut = waysOn(ways).filter(({ payload }) => !whole.quick_replies?.some((one) => one.payload === payload));
  return { message: whole, line, passedOver, leftOut: leftOut.map(({ title }) => title) };
}

/** Which line of a name a visitor of a language reads, and whose it is; what stands in braces is left as it is. */
export function textSaid(
  bot: Pick<SpeakingBot, 'handover' | 'locale'>,
  language: string,
  name: TextName,
): { text: string; speaker: Speaker } {
  return textLines(voiceFor(bot, language), name)[0]!;
}

/** The same for what is said one after the other. */
export function keepAliveSaid(bot: Pick<SpeakingBot, 'handover' | 'locale'>, language: string) {
  return keepAliveLines(voiceFor(bot, language))!;
}

/** Whose line it is, for a person who wrote some of them. */
export function whoseLine({ whose, language, writtenFor = language }: Speaker, isGeneral = false): string {
  const general = isGeneral ? 'general ' : '';
  if (whose === 'baton') return `Baton’s ${general}line in ${languageName(language)}`;
  return `your ${general}line in ${languageName(writtenFor)}`;
}

/** In English, such as "German" or "Brazilian Portuguese". */
export function languageName(tag: string): string {
  try {
    return new Intl.DisplayNames('en', { type: 'language' }).of(tag.replaceAll('_', '-')) ?? tag;
  } catch {
    return tag;
  }
}

/** When the team is back; of one that never closes an example, nine o'clock tomorrow. */
function opensAfter({ hours }: HandoverSettings, at: number): number | undefined {
  if (hours) return nextOpening(hours, at) ?? undefined;
  return (Math.floor(at / DAY) + 1) * DAY + 9 * HOUR;
}

/** The next moment at which the team is closed, within two weeks; else now. */
function whenClosed({ hours }: HandoverSettings, now: number): number {
  for (let at = now; at < now + 14 * DAY; at += HOUR) if (!isOpen(hours, at)) return at;
  return now;
}
