import { fold, wordsOf } from '../words/words.js';
import { courtesyPhrases } from './courtesy-words.js';

export type Courtesy = 'greeting' | 'thanks' | 'goodbye' | 'acknowledged';

/** More words than this are never courtesy alone. */
const LONGEST = 12;

const kinds = ['goodbye', 'thanks', 'greeting', 'acknowledged'] as const;

type Phrase = { readonly words: readonly string[]; readonly kind: Courtesy | 'filler' };

/** Longest first, so that `good morning` is found before `good`. */
const phrases: readonly Phrase[] = [...kinds, 'filler' as const]
  .flatMap((kind) => courtesyPhrases[kind].split(',').map((phrase) => ({ words: piecesOf(phrase), kind })))
  .filter(({ words }) => words.length > 0)
  .sort((a, b) => b.words.length - a.words.length);

/**
 * What courtesy a text is when it is nothing else: a greeting together with a question is a question. Where several are
 * said at once, the one that ends a talk is answered before the one that begins it.
 */
export function courtesyOf(text: string): Courtesy | undefined {
  const words = piecesOf(text);
  if (words.length === 0 || words.length > LONGEST) return undefined;
  const found = new Set<Courtesy>();
  let at = 0;
  while (at < words.length) {
    const phrase = phrases.find((candidate) => candidate.words.every((word, index) => words[at + index] === word));
    if (!phrase) return undefined;
    if (phrase.kind !== 'filler') found.add(phrase.kind);
    at += phrase.words.length;
  }
  return kinds.find((kind) => found.has(kind));
}

/** A text without the courtesy it begins and ends with, clause by clause: what is left is asked. Courtesy alone is left as it is. */
export function withoutCourtesy(text: string): string {
  const clauses = text.split(/(?<=[,!.?;:\n)])\s+|\n+/).filter((clause) => clause.trim() !== '');
  let [from, to] = [0, clauses.length];
  while (from < to && courtesyOf(clauses[from] ?? '')) from += 1;
  while (to > from && courtesyOf(clauses[to - 1] ?? '')) to -= 1;
  if (from === to || (from === 0 && to === clauses.length)) return text;
  const start = text.indexOf(clauses[from] ?? '');
  const last = clauses[to - 1] ?? '';
  return text.slice(start, text.lastIndexOf(last) + last.length).trim();
}

/** Folded words and signs of feeling, in order. */
function piecesOf(text: string): string[] {
  const signs = text.match(/\p{Extended_Pictographic}/gu) ?? [];
  return [...wordsOf(text).map(fold), ...signs];
}
