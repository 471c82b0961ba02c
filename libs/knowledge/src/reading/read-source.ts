import { chunkDocument, chunkPairs } from '../chunks/chunk-document.js';
import type { KnowledgePair } from '../chunks/chunk-document.js';
import type { NewChunk } from '../chunks/chunk.js';
import { cleanText } from '../extract/decode-text.js';
import { extract } from '../extract/extract.js';
import { EXTRACT_LIMITS } from '../extract/extracted.js';
import type { Extracted, FileHints } from '../extract/extracted.js';
import { fromMarkdown, fromPlainText } from '../extract/markdown.js';
import { SourceError } from '../extract/source-error.js';

/** What a source brings, as it came. */
export type SourceInput =
  | { readonly kind: 'text' | 'markdown'; readonly text: string; readonly hints?: Pick<FileHints, 'title' | 'url'> }
  | { readonly kind: 'pairs'; readonly pairs: readonly KnowledgePair[]; readonly hints?: Pick<FileHints, 'title'> }
  | { readonly kind: 'file'; readonly bytes: Uint8Array; readonly hints?: FileHints };

/** A source, read and cut into chunks. */
export interface Reading {
  readonly title: string;
  readonly chunks: readonly NewChunk[];
  readonly problems: Extracted['problems'];
  readonly page?: Extracted['page'];
}

/**
 * Reads a source and cuts it. Large files take seconds of computing: services use a `SourceReader`.
 * @throws SourceError
 */
export async function readSource(input: SourceInput): Promise<Reading> {
  const extracted = await extractedOf(input);
  const { title, document, pairs, language, problems, page } = extracted;
  const options = language === undefined ? {} : { language };
  const chunks = [...(document ? chunkDocument(document, options) : []), ...(pairs ? chunkPairs(pairs, title, options) : [])];
  if (chunks.length === 0) throw new SourceError('source.empty');
  return { title, chunks, problems, ...(page && { page }) };
}

async function extractedOf(input: SourceInput): Promise<Extracted> {
  switch (input.kind) {
    case 'text':
      return fromPlainText(input.text, input.hints);
    case 'markdown':
      return fromMarkdown(input.text, input.hints);
    case 'pairs':
      return { title: input.hints?.title ?? '', pairs: checkedPairs(input.pairs), problems: [] };
    case 'file':
      return extract(Buffer.from(input.bytes.buffer, input.bytes.byteOffset, input.bytes.byteLength), input.hints);
  }
}

function checkedPairs(pairs: readonly KnowledgePair[]): readonly KnowledgePair[] {
  if (pairs.length > EXTRACT_LIMITS.rows) throw new SourceError('source.too-large', `more than ${EXTRACT_LIMITS.rows} pairs`);
  return pairs.map(({ question, answer, ...rest }) => ({ ...rest, question: cleanText(question), answer: cleanText(answer) }));
}
