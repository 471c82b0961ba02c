import { graphemes } from './graphemes.js';

/** Meta takes under 2,000 characters; the rest is room for the author's name before them. */
export const PART_LIMIT = 1_900;

/** Graphemes that begin before the limit may end behind it. */
const LOOK_AHEAD = 64;

/** Where a text may be cut. */
type Border = 'paragraph' | 'sentence' | 'word' | 'grapheme';

/**
 * Cuts a text into parts of at most `limit` UTF-16 units: at the end of a paragraph, else of a sentence, else of a word, if that leaves no part
 * less than half full, else between two graphemes; never inside a surrogate pair. White space where it is cut, and around the whole, is left out.
 */
export function splitText(text: string, limit: number = PART_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text.trim();
  while (rest.length > limit) {
    const end = cutOf(rest, limit);
    parts.push(rest.slice(0, end).trimEnd());
    rest = rest.slice(end).trimStart();
  }
  return rest === '' ? parts : [...parts, rest];
}

function cutOf(text: string, limit: number): number {
  const last = lastBorders(text, limit);
  const good = [last.paragraph, last.sentence, last.word].find((at) => at >= limit / 2);
  return good ?? (last.grapheme || betweenCodePoints(text, limit));
}

/** The last place of each kind of border, up to the limit; 0 where there is none. */
function lastBorders(text: string, limit: number): Record<Border, number> {
  const last = { paragraph: 0, sentence: 0, word: 0, grapheme: 0 };
  let before = '';
  let sentenceEnded = false;
  for (const { segment, index } of graphemes.segment(text.slice(0, limit + LOOK_AHEAD))) {
    if (index > limit) break;
    if (index > 0) last[borderBetween(before, segment, sentenceEnded)] = last.grapheme = index;
    sentenceEnded = ENDS_SENTENCE.test(segment) || (sentenceEnded && CLOSES.test(segment));
    before = segment;
  }
  return last;
}

/** Latin, Greek and Arabic marks, the danda, and the full-width ones, behind which no space is written. */
const ENDS_SENTENCE = /^[.!?…؟۔।。！？]/u;
const FULL_WIDTH = /^[。！？]/u;
/** Quotation marks and brackets that belong to the sentence they close. */
const CLOSES = /^[\p{Pe}\p{Pf}"']/u;
const SPACE = /^\s/;
const NEW_LINE = /^[\r\n\u2028\u2029]/;

function borderBetween(before: string, next: string, sentenceEnded: boolean): Border {
  if (NEW_LINE.test(next)) return 'paragraph';
  if (sentenceEnded && (SPACE.test(next) || (FULL_WIDTH.test(before) && !CLOSES.test(next)))) return 'sentence';
  return SPACE.test(next) ? 'word' : 'grapheme';
}

/** For a single grapheme that is longer than a part. */
function betweenCodePoints(text: string, limit: number): number {
  return limit > 1 && (text.codePointAt(limit - 1) ?? 0) > 0xffff ? limit - 1 : limit;
}
