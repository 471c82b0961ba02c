import { oursOf, type OurLanguage } from '../our-languages.js';
import { commonWords } from './common-words.js';

const LATIN_LIKE = /[\p{L}\p{N}][\p{L}\p{M}\p{N}]*(?:['’][\p{L}\p{M}]+)?/gu;
/** Scripts that put no spaces between words. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;
const segmenter = new Intl.Segmenter(undefined, { granularity: 'word' });

/** Letters that Unicode does not take apart, as people without such a keyboard write them. */
const PLAIN: Readonly<Record<string, string>> = { ß: 'ss', ł: 'l', ø: 'o', đ: 'd', ı: 'i', æ: 'ae', œ: 'oe', '’': "'" };

const PLAIN_LETTERS = /^[\u0000-\u007f]*$/;

/** A word without case and accents, so that it is the same however somebody typed it. */
export function fold(word: string): string {
  const lower = word.toLowerCase();
  if (PLAIN_LETTERS.test(lower)) return lower;
  return lower
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[ßłøđıæœ’]/g, (letter) => PLAIN[letter] ?? letter);
}

/** The words of a text in order, as they stand. */
export function wordsOf(text: string): string[] {
  if (!UNSPACED.test(text)) return text.match(LATIN_LIKE) ?? [];
  return [...segmenter.segment(text)].filter(({ isWordLike }) => isWordLike).map(({ segment }) => segment);
}

/** The folded words of a text in a row: the same whatever case, accents and punctuation it has. */
export function foldedText(text: string): string {
  return wordsOf(text).map(fold).join(' ');
}

const common = new Map<OurLanguage, ReadonlySet<string>>();

/** The words of {@link commonWords}, folded. */
export function commonWordsOf(language: OurLanguage): ReadonlySet<string> {
  let words = common.get(language);
  if (!words) common.set(language, (words = new Set(commonWords[language].split(/\s+/).map(fold))));
  return words;
}

/** The folded words of a text that say what it is about, in order; of a language without a table all of them. */
export function contentWords(text: string, language: string): string[] {
  const ours = oursOf(language);
  const without = ours && commonWordsOf(ours);
  return wordsOf(text)
    .map(fold)
    .map((word) => word.replace(/^[a-z]{1,2}'(?=.{3})|'s$/g, ''))
    .filter((word) => word.length > 1 && !without?.has(word));
}

/** Shorter beginnings are shared by words that have nothing else in common. */
const STEM = 4;

/** Two folded words that are likely forms of one: `refund` and `refunds`, `zahlen` and `zahlung`. */
function sameWord(one: string, other: string): boolean {
  if (one === other) return true;
  const [short, long] = one.length <= other.length ? [one, other] : [other, one];
  if (short.length < STEM || /\d/.test(long)) return false;
  let shared = 0;
  while (shared < short.length && short[shared] === long[shared]) shared += 1;
  if (shared === short.length) return long.length - short.length <= 4;
  return shared >= STEM + 1 && shared >= short.length - 3 && shared >= long.length * 0.6;
}

/** Whether a word, or a form of it, is among others. */
export function hasWord(words: Iterable<string>, word: string): boolean {
  for (const other of words) if (sameWord(other, word)) return true;
  return false;
}
