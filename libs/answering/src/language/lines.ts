import type { AssistantSettings } from '@baton/contracts';
import { oursOf } from '@baton/language';
import { lineTexts, type LineTexts } from './line-texts.js';

/** Who speaks, to whom, and what the bot's owner set. */
export interface Voice {
  /** ISO 639-1; a language we have no lines in is spoken to in English. */
  readonly language: string;
  readonly botName: string;
  readonly texts: AssistantSettings['texts'];
}

/** One of our own lines in the visitor's language, or as the settings have it. */
export function lineOf(name: keyof LineTexts, voice: Voice): string {
  const set = (voice.texts as Partial<Record<keyof LineTexts, string>>)[name]?.trim();
  const line = set || lineTexts[oursOf(voice.language) ?? 'en'][name];
  return line.replaceAll('{name}', voice.botName);
}

/** Says first, on a line of its own, that a machine speaks, where the visitor must be told. */
export function withNotice(text: string, voice: Voice, mustSay: boolean): string {
  return mustSay ? `${lineOf('automated', voice)}\n\n${text}` : text;
}

/** What a language is called in another one; its code where nobody knows. */
export function languageName(language: string, inLanguage: string): string {
  try {
    return new Intl.DisplayNames([inLanguage], { type: 'language' }).of(language) ?? language;
  } catch {
    return language;
  }
}
