/**
 * Sizes of chunks, in the room that a letter of Latin script takes; about four of them are one token of an embedding model. The models we
 * know read 512 tokens at most and forget what comes after; and a passage is shown whole, so it should be read at a glance.
 */
export const CHUNK_SIZES = {
  /** About 300 tokens: a handful of paragraphs about one thing. */
  target: 1_200,
  /** About 375 tokens: with its title path it stays well under 512. Nothing is larger. */
  most: 1_500,
  /** What is smaller is filled up rather than left alone before the next paragraph. */
  least: 400,
  /** A header row or the opening of a code block that is repeated in each piece; a larger one is not. */
  head: 300,
  /** The answer of a pair stays whole up to this: it was written to be read at once, and is found by its question. */
  answer: 2_400,
} as const;

const DENSE_SCRIPTS = ['Han', 'Hiragana', 'Katakana', 'Hangul', 'Thai', 'Lao', 'Khmer', 'Myanmar']
  .map((name) => `\\p{Script=${name}}`)
  .join('');
/** Letters that are words or syllables: about a token each. */
const DENSE = new RegExp(`[${DENSE_SCRIPTS}]`, 'gu');
/** Other letters beyond Latin script: about two letters a token. */
const OTHER_LETTERS = new RegExp(`[^\\P{Letter}\\p{Script=Latin}\\p{Script=Common}${DENSE_SCRIPTS}]`, 'gu');

/** The room that a text takes in a model, in letters of Latin script. The sizes of its parts add up to that of the whole. */
export function sizeOf(text: string): number {
  // Nearly every text is of Latin script: its length is its size.
  if (!/[^\u0000-\u024f\u2000-\u206f]/.test(text)) return text.length;
  return text.length + 3 * (text.match(DENSE)?.length ?? 0) + (text.match(OTHER_LETTERS)?.length ?? 0);
}
