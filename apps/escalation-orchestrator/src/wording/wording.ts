import type { BotMessage, DeclineReason, HandoverSettings, HandoverTexts } from '@baton/contracts';
import { oursOf } from '@baton/language';
import type { OurLanguage } from '@baton/language';
import { en } from './en.js';
import type { Phrases } from './phrases.js';

/** Our own lines; a language that is not here is spoken to in English. */
const ours: Readonly<Partial<Record<OurLanguage, Phrases>>> = { en };

export type TextName = Exclude<keyof HandoverTexts, 'keepAlive'>;
export type Values = Readonly<Partial<Record<'agent' | 'email' | 'time' | 'minutes' | 'count', string | number>>>;

/** How Baton speaks to one visitor. */
export class Wording {
  private readonly levels: readonly Pick<HandoverSettings, 'texts' | 'noAgentMessage' | 'noAgentMessages'>[];
  private readonly phrases: Phrases;
  /** BCP 47: for numbers, dates and times. */
  readonly language: string;

  /** @param locale the visitor's, as his channel tells it; null: the bot's own lines */
  constructor(settings: HandoverSettings, locale: string | null) {
    const languages = fallbacksOf(locale).flatMap((tag) => settings.languages[tag] ?? []);
    this.levels = [...languages, settings];
    this.phrases = ours[oursOf(locale ?? undefined) ?? 'en'] ?? en;
    this.language = oursOf(locale ?? undefined) === undefined ? 'en' : locale!;
  }

  say(name: TextName, values: Values = {}): string {
    const set = this.levels.find(({ texts }) => texts[name] !== undefined)?.texts[name];
    return filled(set ?? this.phrases.texts[name], values);
  }

  get keepAlive(): readonly string[] {
    return this.levels.find(({ texts }) => texts.keepAlive !== undefined)?.texts.keepAlive ?? this.phrases.texts.keepAlive;
  }

  get backToBot(): string {
    return this.phrases.backToBot;
  }

  get leaveWords(): readonly string[] {
    return this.phrases.leaveWords;
  }

  /** What the bot says when no human can be promised: the line of this reason, then the general one, first in the visitor's language. */
  noAgent(reason: DeclineReason, values: Values = {}): BotMessage {
    for (const { noAgentMessages, noAgentMessage } of this.levels) {
      const line = noAgentMessages[reason] ?? noAgentMessage;
      if (line !== undefined)
        return typeof line === 'string' ? { text: filled(line, values) } : { ...line, text: filled(line.text, values) };
    }
    return { text: filled(this.phrases.noAgentFor[reason] ?? this.phrases.noAgent, values) };
  }
}

/** `de-AT` is looked for as such, then as `de`. */
function fallbacksOf(locale: string | null): string[] {
  if (locale === null) return [];
  const parts = locale.replaceAll('_', '-').split('-');
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}

function filled(text: string, values: Values): string {
  return text.replace(/\{(agent|email|time|minutes|count)\}/g, (whole, name: keyof Values) => String(values[name] ?? whole));
}
