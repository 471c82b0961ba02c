import { graphemes } from './graphemes.js';

/** Meta takes under 2,000 characters; the rest is room for the author's name before them. */
export const PART_LIMIT = 1_900;

/** Graphemes that begin before the limit may end behind it. */
const LOOK_AHEAD = 64;

/** Where a text may be cut. */
type Border = 'paragraph' | 'sentence' | 'word';

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
  const near = text.slice(0, limit + LOOK_AHEAD);
  const characters = graphemes.segment(near);
  const last: Partial<Record<Border, number>> = {};
  for (let at = limit; at >= Math.max(limit / 2, 1) && last.paragraph === undefined; at--) {
    const border = borderAt(near, at);
    if (border !== undefined && last[border] === undefined && characters.containing(at)?.index === at) last[border] = at;
  }
  const whole = characters.containing(limit)?.index ?? 0;
  return last.paragraph ?? last.sentence ?? last.word ?? (whole || betweenCodePoints(near, limit));
}

/** Latin, Greek and Arabic marks, the danda and the full-width ones, with what closes quotations and brackets. */
const SENTENCE_ENDED = /[.!?…؟۔।。！？][\p{Pe}\p{Pf}"']{0,3}$/u;
/** Behind these no space is written. */
const FULL_WIDTH_ENDED = /[。！？][\p{Pe}\p{Pf}]{0,3}$/u;
const CLOSES = /[\p{Pe}\p{Pf}]/u;
const SPACE = /\s/;
const NEW_LINE = /[\r\n\u2028\u2029]/;

/** What ends right before a place, seen from the few characters around it. */
function borderAt(text: string, at: number): Border | undefined {
  const next = text.charAt(at);
  if (NEW_LINE.test(next)) return 'paragraph';
  const before = text.slice(Math.max(at - 4, 0), at);
  if (SPACE.test(next)) return SENTENCE_ENDED.test(before) ? 'sentence' : 'word';
  return FULL_WIDTH_ENDED.test(before) && !CLOSES.test(next) ? 'sentence' : undefined;
}

/** For a single grapheme that is longer than a part. */
function betweenCodePoints(text: string, limit: number): number {
  return limit > 1 && (text.codePointAt(limit - 1) ?? 0) > 0xffff ? limit - 1 : limit;
}
