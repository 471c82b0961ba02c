import { lineLanguageOf, ourLines } from '@baton/contracts';
import { languageName } from './said.js';
import type { MessageSettings } from './slots.js';

/** A language in which visitors are spoken to. */
export interface VisitorLanguage {
  /** BCP 47 */
  readonly tag: string;
  readonly name: string;
  /** The bot's own, one that its owner writes for, or one that only Baton has lines in. */
  readonly is: 'own' | 'written' | 'ours';
}

/** Every language that visitors of this bot may be spoken to in: the bot's own first, then those written for, then ours. */
export function languagesOf(settings: Pick<MessageSettings, 'languages'>, botLocale: string): VisitorLanguage[] {
  const written = Object.keys(settings.languages);
  const ours = Object.keys(ourLines).filter(
    (tag) => tag !== lineLanguageOf(botLocale) && !written.some((one) => one.toLowerCase() === tag),
  );
  const named = (is: VisitorLanguage['is']) => (tag: string) => ({ tag, name: languageName(tag), is });
  const byName = (a: VisitorLanguage, b: VisitorLanguage) => a.name.localeCompare(b.name, 'en');
  return [named('own')(botLocale), ...written.map(named('written')).sort(byName), ...ours.map(named('ours')).sort(byName)];
}

/** What is often written for; any other tag may be typed. */
export const COMMON_LANGUAGES: readonly string[] = (
  'ar bg bs ca cs da de de-AT de-CH el en en-GB en-US es es-MX et fa fi fr fr-CA ga he hi hr hu id is it ja ko lt lv mk ms nb nl nl-BE pl pt pt-BR ' +
  'ro ru sk sl sq sr sv th tl tr uk ur vi zh zh-TW'
).split(' ');

/** Whether it may be written for: a language tag such as `de` or `pt-BR`. */
export function isLanguageTag(text: string): boolean {
  return /^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/.test(text);
}
