/** What a reader takes for one character: a letter with its marks, an emoji with all its parts. */
export const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

/** The text in at most `max` UTF-16 units: cut between two graphemes and ended with "…" when it is longer. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = 0;
  for (const { index } of graphemes.segment(text.slice(0, max))) end = index;
  return `${text.slice(0, end).trimEnd()}…`;
}
