import type { KnowledgePair } from '../chunks/chunk-document.js';
import type { ExtractedDocument } from '../chunks/chunk.js';
import type { SourceProblem } from './source-error.js';

export interface Extracted {
  readonly title: string;
  /** What stands in it as text. */
  readonly document?: ExtractedDocument;
  /** What stands in it as questions and answers. */
  readonly pairs?: readonly KnowledgePair[];
  /** ISO 639-1, where it says so itself. */
  readonly language?: string;
  /** Parts that could not be read although others could. */
  readonly problems: readonly { readonly code: SourceProblem; readonly where: string }[];
  /** What a page says of itself to programs that read it. */
  readonly page?: { readonly noindex: boolean; readonly canonical?: string };
}

/** Bounds of one document. */
export const EXTRACT_LIMITS = {
  /** Bytes as they come: larger manuals exist, but not many, and they can be cut into their chapters. */
  bytes: 20 * 1_048_576,
  /** Of a PDF. */
  pages: 1_000,
  /** Letters of its text; ten thick books. */
  letters: 5_000_000,
  /** Bytes of everything readable inside of a packed file. */
  unpacked: 64 * 1_048_576,
  /** Rows of a table file. */
  rows: 50_000,
  ms: 60_000,
} as const;

/** What is known of a file beside its bytes. */
export interface FileHints {
  readonly name?: string;
  /** As a server said it. */
  readonly contentType?: string;
  /** Where it was, for links inside of it and for readers. */
  readonly url?: string;
  /** Given by people; else it is found inside. */
  readonly title?: string;
}
