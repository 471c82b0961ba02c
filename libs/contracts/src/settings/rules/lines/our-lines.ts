import { de } from './de.js';
import { en } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pl } from './pl.js';
import { pt } from './pt.js';
import { sv } from './sv.js';
import { tr } from './tr.js';
import type { Phrases } from './phrases.js';

/** The languages that our own lines are kept in, ISO 639-1. */
export type LineLanguage = 'en' | 'de' | 'fr' | 'es' | 'it' | 'nl' | 'pt' | 'pl' | 'sv' | 'tr';

/** What Baton says where a bot's owner set nothing. */
export const ourLines: Readonly<Record<LineLanguage, Phrases>> = { en, de, fr, es, it, nl, pt, pl, sv, tr };

/** The language of a BCP 47 tag where we have lines in it: `de-AT` gives `de`. */
export function lineLanguageOf(tag: string | undefined): LineLanguage | undefined {
  const language = tag?.trim().toLowerCase().split(/[-_]/)[0];
  return language !== undefined && Object.hasOwn(ourLines, language) ? (language as LineLanguage) : undefined;
}
