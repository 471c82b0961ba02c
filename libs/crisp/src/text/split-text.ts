/** Crisp cuts texts at about 2,000 characters; this stays clear of it. */
export const CRISP_TEXT_LIMIT = 1_900;

/** A cut that would leave less than this share of a part unused is taken at the better border. */
const WORTHWHILE = 0.5;

const sentences = new Intl.Segmenter(undefined, { granularity: 'sentence' });
const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/**
 * Cuts a text into parts of at most `limit` UTF-16 units that give the text again when joined: at the end of a paragraph or
 * sentence, else of a word, else between two graphemes, and never inside a surrogate pair. A blank text has no parts.
 */
export function splitText(text: string, limit: number = CRISP_TEXT_LIMIT): string[] {
  const parts: string[] = [];
  let rest = text;
  while (rest.length > limit) {
    const end = cutOf(rest.slice(0, limit), rest.charCodeAt(limit));
    parts.push(rest.slice(0, end));
    rest = rest.slice(end);
  }
  if (rest.trim() !== '' || parts.length === 0) parts.push(rest);
  return parts.filter((part) => part.trim() !== '');
}

/** Where to cut a window that is full; `next` is the UTF-16 unit right behind it. */
function cutOf(window: string, next: number): number {
  const least = window.length * WORTHWHILE;
  const paragraph = window.lastIndexOf('\n') + 1;
  if (paragraph >= least) return paragraph;
  const sentence = lastBorder(sentences, window);
  if (sentence >= least) return sentence;
  const word = Math.max(window.lastIndexOf(' '), window.lastIndexOf('\n'), window.lastIndexOf('\t')) + 1;
  if (word >= least && isGraphemeBorder(window, word)) return word;
  const grapheme = lastBorder(graphemes, window);
  if (grapheme > 0) return grapheme;
  // One grapheme fills the whole window: a heap of combining marks. Only a surrogate pair is kept whole then.
  const splitsPair = isHigh(window.charCodeAt(window.length - 1)) && isLow(next);
  return window.length > 1 && splitsPair ? window.length - 1 : window.length;
}

/** The start of the last segment: what stands behind it may go on past the window. */
function lastBorder(segmenter: Intl.Segmenter, window: string): number {
  return segmenter.segment(window).containing(window.length - 1)?.index ?? 0;
}

/** A combining mark may stand on the space itself. */
function isGraphemeBorder(window: string, at: number): boolean {
  return at === window.length || graphemes.segment(window).containing(at)?.index === at;
}

function isHigh(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLow(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
