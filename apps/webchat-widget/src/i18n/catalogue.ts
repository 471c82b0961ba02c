import { ar } from './ar.js';
import { de } from './de.js';
import { en } from './en.js';
import type { Texts } from './en.js';
import { es } from './es.js';
import { fr } from './fr.js';
import { he } from './he.js';
import { it } from './it.js';
import { nl } from './nl.js';
import { pt } from './pt.js';

export const catalogue: Readonly<Record<string, Texts>> = { en, de, fr, es, pt, it, nl, ar, he };
