import { courtesyOf } from '../courtesy/courtesy.js';
import { ourLanguages } from '../our-languages.js';
import { commonWordsOf, fold, wordsOf } from '../words/words.js';
import { frustrationWords, gladWords } from './frustration-words.js';

/** By what it shows: what is said, that all of it is in capitals, or its marks (`!!!`, `???`). */
export type FrustrationSign = 'words' | 'capitals' | 'marks';

/** So much of a text is looked at: who is angry says so early (characters). */
const LONGEST = 2_000;
const MIN_CAPITAL_WORDS = 3;
const MIN_CAPITAL_LETTERS = 10;

const said = ourLanguages.map((language) => new RegExp(`(?<!\\S)(?:${frustrationWords[language].join('|')})(?!\\S)`));
const glad = new Set(gladWords.split(' '));
const ordinary = new Set(ourLanguages.flatMap((language) => [...commonWordsOf(language)]));

/**
 * Whether somebody has had enough of the service or its bot, by rule, in any of our languages, and what shows it; null when
 * nothing does. Anger about other things ("a stupid question", "the lamp is useless") is none, nor is joy ("thank you!!!").
 */
export function frustrationIn(whole: string): FrustrationSign | null {
  const text = whole.slice(0, LONGEST);
  if (text.split(/[.!?;\n…]+/).some(saysSo)) return 'words';
  if (isShouted(text)) return 'capitals';
  return hasAngryMarks(text) ? 'marks' : null;
}

function saysSo(sentence: string): boolean {
  const words = wordsOf(sentence).map(fold).join(' ');
  return words !== '' && said.some((pattern) => pattern.test(words));
}

/** A sentence in capitals; names and labels (`NEW YORK USA`) have no small words between them. */
function isShouted(text: string): boolean {
  if (/\p{Ll}/u.test(text)) return false;
  const words = wordsOf(text).filter((word) => /^[\p{Lu}'’]{2,}$/u.test(word));
  if (words.length < MIN_CAPITAL_WORDS || words.join('').length < MIN_CAPITAL_LETTERS) return false;
  return words.filter((word) => ordinary.has(fold(word))).length >= 2;
}

function hasAngryMarks(text: string): boolean {
  if (/[?][!?]{2,}|[!][!?]*[?][!?]+/.test(text)) return true;
  return (text.match(/[^.!?\n]*!{3,}/g) ?? []).some(
    (clause) => courtesyOf(clause) === undefined && /\p{L}/u.test(clause) && !wordsOf(clause).some((word) => glad.has(fold(word))),
  );
}
