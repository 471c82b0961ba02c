import type { HandoverSettings, HandoverTexts } from '../../handover.js';
import { lineLanguageOf, ourLines } from './our-lines.js';
import type { Phrases } from './phrases.js';

/** Of a bot: what its owner wrote, and the language of it (BCP 47; English when it is not known). */
export interface OwnLines {
  readonly handover: HandoverSettings;
  readonly locale?: string | undefined;
}

/** Somebody's lines in one language: what a translation of the bot's owner has, what he wrote in the bot's own language, or ours. */
export interface Speaker {
  /** Of the owner, written for the visitor's language or in the bot's own; or of Baton. */
  readonly whose: 'translation' | 'bot' | 'baton';
  /** Of a translation: what it is written for, such as `de` where a visitor of `de-AT` is spoken to. */
  readonly writtenFor?: string;
  /** BCP 47 */
  readonly language: string;
  readonly texts: Partial<HandoverTexts>;
  readonly noAgentMessage?: HandoverSettings['noAgentMessage'];
  readonly noAgentMessages: HandoverSettings['noAgentMessages'];
  /** Of his lines for nobody there only those with quick replies count. */
  readonly onlyRich?: true;
}

export interface Voice {
  /** Whoever has a line first says it; the last one has them all. */
  readonly speakers: readonly Speaker[];
  readonly ours: Phrases;
}

/** Locales are what browsers say: the few that are in use are kept, and nobody can fill the memory with others. */
const KEPT_VOICES = 64;
const voices = new WeakMap<HandoverSettings, Map<string, Voice>>();

/**
 * In which language a visitor is spoken to, and in whose words. First what the bot's owner wrote for the visitor's language
 * (`languages`, for `de-AT` then for `de`). What he wrote besides (`texts`, `noAgentMessage`) is in the bot's own language: it is next for
 * a visitor of that language, and for one whose language nobody knows or we do not speak. A visitor of another language that we do speak
 * hears our own lines in it instead, so that he is not spoken to in two languages by one house; only a message with quick replies stays
 * the owner's for everybody, since his bot understands those taps and none that we would put in their place. Last are our own lines: of the
 * visitor's language, else of the bot's, else in English.
 */
export function voiceFor(policy: OwnLines, locale: string | null): Voice {
  const key = `${policy.locale ?? ''} ${locale ?? ''}`;
  let kept = voices.get(policy.handover);
  if (!kept) voices.set(policy.handover, (kept = new Map()));
  let voice = kept.get(key);
  if (!voice) {
    if (kept.size >= KEPT_VOICES) kept.clear();
    kept.set(key, (voice = madeFor(policy, locale)));
  }
  return voice;
}

function madeFor({ handover, locale: botLocale = 'en' }: OwnLines, locale: string | null): Voice {
  const spoken = lineLanguageOf(locale ?? undefined);
  const isForeign = spoken !== undefined && primary(locale ?? '') !== primary(botLocale);
  const translations = fallbacksOf(locale).flatMap((tag): Speaker[] => {
    const found = Object.entries(handover.languages).find(([language]) => language.toLowerCase() === tag);
    return found ? [{ whose: 'translation', writtenFor: found[0], language: locale!, ...found[1] }] : [];
  });
  const { texts, noAgentMessage, noAgentMessages } = handover;
  const ofBot: Speaker = {
    whose: 'bot',
    language: botLocale,
    texts: isForeign ? {} : texts,
    noAgentMessage,
    noAgentMessages,
    ...(isForeign ? { onlyRich: true } : {}),
  };
  const language = spoken ? locale! : lineLanguageOf(botLocale) ? botLocale : 'en';
  const phrases = ourLines[spoken ?? lineLanguageOf(botLocale) ?? 'en'];
  const own: Speaker = {
    whose: 'baton',
    language,
    texts: phrases.texts,
    noAgentMessage: phrases.noAgent,
    noAgentMessages: phrases.noAgentFor,
  };
  return { speakers: [...translations, ofBot, own], ours: phrases };
}

/** `de-AT` is looked for as such, then as `de`. */
function fallbacksOf(locale: string | null): string[] {
  if (locale === null) return [];
  const parts = tagOf(locale).split('-').slice(0, 4);
  return parts.map((_, index) => parts.slice(0, parts.length - index).join('-'));
}

function primary(locale: string): string {
  return tagOf(locale).split('-')[0]!;
}

function tagOf(locale: string): string {
  return locale.trim().toLowerCase().replaceAll('_', '-');
}
