/** Text of a source in order, under its headings, before it is cut. */
export interface ExtractedDocument {
  readonly title: string;
  readonly url?: string;
  readonly sections: readonly { readonly titlePath: readonly string[]; readonly text: string }[];
}

/** A piece to be found, as it comes out of a document or a pair of question and answer. */
export interface NewChunk {
  /** Of the content and where it stands: the same again means that nothing changed. */
  readonly contentHash: string;
  readonly titlePath: readonly string[];
  readonly text: string;
  readonly question?: string;
  readonly url?: string;
  /** ISO 639-1. */
  readonly language?: string;
}
