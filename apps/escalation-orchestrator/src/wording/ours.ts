import type { OurLanguage } from '@baton/language';
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

/** Our own lines. */
export const ours: Readonly<Record<OurLanguage, Phrases>> = { en, de, fr, es, it, nl, pt, pl, sv, tr };
