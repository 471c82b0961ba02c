/** A piece of a source, as it was found for a question. */
export interface Passage {
  readonly chunkId: string;
  readonly sourceId: string;
  /** Rises each time the source is taken in anew with other content. */
  readonly sourceVersion: number;
  readonly sourceTitle: string;
  /** Where an interested reader finds it. */
  readonly url?: string;
  /** Headings above it, outermost first. */
  readonly titlePath: readonly string[];
  /** Word for word as in the source. */
  readonly text: string;
  /** For a pair of question and answer: the question; `text` is the answer. */
  readonly question?: string;
  /** ISO 639-1, where it could be told. */
  readonly language?: string;
  /** Why it was found: raw scores of the legs (absent when a leg did not find it), and their fusion from 0 to 1. */
  readonly scores: { readonly lexical?: number; readonly dense?: number; readonly fused: number };
}

export interface Retrieval {
  /** Best first. */
  readonly passages: readonly Passage[];
  /** How well the best of them supports an answer, 0 to 1, comparable between questions of one knowledge base. */
  readonly support: number;
  /** Support from which on an answer may be given, of this knowledge base. */
  readonly threshold: number;
  /** Weight and threshold were fitted to this knowledge base; else they are the careful defaults. */
  readonly fitted: boolean;
  /** Why words decided alone, where they did: no chunk has a vector of this model (the sources must be embedded anew), or the model failed. */
  readonly wordsOnly?: 'not-embedded' | 'no-embedding';
  readonly ms: number;
}
