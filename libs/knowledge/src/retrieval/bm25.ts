/** How words weigh. */
export interface Bm25 {
  /** How soon a repeated word stops adding; 0 counts it once. */
  readonly k1: number;
  /** How much a long passage is held back; 0 not at all, 1 in proportion. */
  readonly b: number;
  /** What a word in the headings weighs against one in the text. */
  readonly heading: number;
  /** The same for the question of a pair of question and answer. */
  readonly question: number;
}

export const DEFAULT_BM25: Bm25 = { k1: 1.5, b: 0.75, heading: 1, question: 1 };
