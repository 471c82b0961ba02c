/** Crisp cuts texts at about 2,000 characters; this stays clear of it. */
export const CRISP_TEXT_LIMIT = 1_900;

/** A cut that would leave less than this share of a part unused is taken at the better border. */
const WORTHWHILE = 0.5;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** How far behind a part is looked, so that what goes on past it is seen to go on. */
const LOOK_AHEAD = 64;

/**
 * Cuts a text into parts of at most `limit` UTF-16 units that give the text again when joined: at the end of a paragraph or
 * sentence, else of a word, else between two graphemes, and never inside a surrogate pair. Blank parts are left out.
 */
export function splitText(text: string, limit: number = CRISP_TEXT_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = cutOf(rest.slice(0, limit + LOOK_AHEAD), limit);
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  parts.push(rest);
  return parts.filter((part) => part.trim() !== '');
}

/** Where to cut a text that is longer than `limit`. */
function cutOf(text: string, limit: number): number {
  const whole = borderUpTo(graphemes, text, limit);
  if (whole === 0) return insidePair(text, limit) ? Math.max(limit - 1, 1) : limit;
  const worthwhile = (at: number) => at >= limit * WORTHWHILE && borderUpTo(graphemes, text, at) === at;
  const window = text.slice(0, whole);
  const paragraph = window.lastIndexOf('\n') + 1;
  if (worthwhile(paragraph)) return paragraph;
  const sentence = borderUpTo(sentences, text, whole);
  if (worthwhile(sentence)) return sentence;
  // A combining mark may stand on the space itself: then it is no place to cut.
  const word = Math.max(window.lastIndexOf(' '), window.lastIndexOf('\t')) + 1;
  return worthwhile(word) ? word : whole;
}

/** The last border at or before a place; 0 when a single segment spans it from the start. */
function borderUpTo(segmenter: Intl.Segmenter, text: string, at: number): number {
  return at >= text.length ? text.length : (segmenter.segment(text).containing(at)?.index ?? 0);
}

function insidePair(text: string, at: number): boolean {
  const [before, behind] = [text.charCodeAt(at - 1), text.charCodeAt(at)];
  return before >= 0xd800 && before <= 0xdbff && behind >= 0xdc00 && behind <= 0xdfff;
}
