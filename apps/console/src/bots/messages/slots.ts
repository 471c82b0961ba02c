import type { BotMessage, DeclineReason, HandoverSettings, HandoverTexts } from '@baton/contracts';

/** What is written for visitors: the part of a bot's settings that this page changes. */
export type MessageSettings = Pick<HandoverSettings, 'noAgentMessage' | 'noAgentMessages' | 'texts' | 'languages' | 'firstMessage'>;

/** A line for nobody there: plain, or rich. */
export type Line = string | BotMessage;

/** Where a line is written: `language` null is the bot's own one, `reason` null the general line. */
export interface Slot {
  readonly language: string | null;
  readonly reason: DeclineReason | null;
}

export function messageSettingsOf(handover: HandoverSettings): MessageSettings {
  const { noAgentMessage, noAgentMessages, texts, languages, firstMessage } = handover;
  return { noAgentMessage, noAgentMessages, texts, languages, firstMessage };
}

export const slotName = ({ language, reason }: Slot): string => `${language ?? ''} ${reason ?? ''}`;

export function lineAt(settings: MessageSettings, { language, reason }: Slot): Line | undefined {
  const written = language === null ? settings : settings.languages[language];
  return reason === null ? written?.noAgentMessage : written?.noAgentMessages[reason];
}

/** With a line there; undefined takes it away. */
export function withLineAt(settings: MessageSettings, { language, reason }: Slot, line: Line | undefined): MessageSettings {
  const change = <W extends Pick<MessageSettings, 'noAgentMessage' | 'noAgentMessages'>>(written: W): W =>
    reason === null
      ? { ...written, noAgentMessage: line }
      : { ...written, noAgentMessages: { ...written.noAgentMessages, [reason]: line } };
  return inLanguage(settings, language, change, change);
}

/** What is written in a language besides. */
export function textsAt(settings: MessageSettings, language: string | null): Partial<HandoverTexts> {
  return (language === null ? settings.texts : settings.languages[language]?.texts) ?? {};
}

/** With a text there; undefined takes it away. */
export function withTextAt<N extends keyof HandoverTexts>(
  settings: MessageSettings,
  language: string | null,
  name: N,
  text: HandoverTexts[N] | undefined,
): MessageSettings {
  const change = <W extends Pick<MessageSettings, 'texts'>>(written: W): W => ({ ...written, texts: { ...written.texts, [name]: text } });
  return inLanguage(settings, language, change, change);
}

export function withLanguage(settings: MessageSettings, language: string): MessageSettings {
  return { ...settings, languages: { ...settings.languages, [language]: settings.languages[language] ?? EMPTY } };
}

export function withoutLanguage(settings: MessageSettings, language: string): MessageSettings {
  const { [language]: _, ...others } = settings.languages;
  return { ...settings, languages: others };
}

/** How many lines are written in a language. */
export function linesWritten(settings: MessageSettings, language: string | null): number {
  const written = language === null ? settings : settings.languages[language];
  if (!written) return 0;
  const all = [written.noAgentMessage, ...Object.values(written.noAgentMessages), ...Object.values(written.texts)];
  return all.filter((line) => line !== undefined).length;
}

type OfLanguage = MessageSettings['languages'][string];
const EMPTY: OfLanguage = { noAgentMessages: {}, texts: {} };

function inLanguage(
  settings: MessageSettings,
  language: string | null,
  own: (settings: MessageSettings) => MessageSettings,
  other: (written: OfLanguage) => OfLanguage,
): MessageSettings {
  if (language === null) return own(settings);
  return { ...settings, languages: { ...settings.languages, [language]: other(settings.languages[language] ?? EMPTY) } };
}
