import { fromCsv } from './csv.js';
import { decodeText, looksBinary } from './decode-text.js';
import { fromDocx } from './docx.js';
import type { Extracted, FileHints } from './extracted.js';
import { EXTRACT_LIMITS } from './extracted.js';
import { fromHtml } from './html.js';
import { fromMarkdown, fromPlainText } from './markdown.js';
import { fromPdf } from './pdf.js';
import { SourceError } from './source-error.js';
import { zipEntries } from './zip-bounds.js';

export type FileKind = 'pdf' | 'docx' | 'html' | 'csv' | 'markdown' | 'text';

const NOT_READ_AS_TEXT =
  /^(?:application\/(?:json|javascript|xml|.*\+(?:json|xml))|text\/(?:css|javascript|xml|calendar|vcard)|image\/|audio\/|video\/|font\/)/i;

/**
 * The text of a file, whatever it is called.
 * @throws SourceError
 */
export async function extract(bytes: Buffer, hints: FileHints = {}): Promise<Extracted> {
  if (bytes.length > EXTRACT_LIMITS.bytes) throw new SourceError('source.too-large', `more than ${EXTRACT_LIMITS.bytes} bytes`);
  if (bytes.length === 0) throw new SourceError('source.empty');
  switch (kindOf(bytes, hints)) {
    case 'pdf':
      return fromPdf(bytes, hints);
    case 'docx':
      return fromDocx(bytes, hints);
    case 'html':
      return fromHtml(bytes, hints);
    case 'csv':
      return fromCsv(decodeText(bytes, charsetOf(hints)), hints);
    case 'markdown':
      return fromMarkdown(decodeText(bytes, charsetOf(hints)), hints);
    case 'text':
      return fromPlainText(decodeText(bytes, charsetOf(hints)), hints);
  }
}

/**
 * What a file is, by its bytes; its name and what a server says only tell texts of different forms apart.
 * @throws SourceError `source.unsupported`, `source.encrypted`
 */
export function kindOf(bytes: Buffer, { name = '', contentType = '' }: FileHints = {}): FileKind {
  const head = bytes.subarray(0, 1_024);
  if (head.includes('%PDF-')) return 'pdf';
  if (head.subarray(0, 4).equals(Buffer.from('PK\u0003\u0004'))) {
    if (zipEntries(bytes).some((entry) => entry.name === 'word/document.xml')) return 'docx';
    throw new SourceError('source.unsupported');
  }
  // The older container of Office: a document in it is either older than DOCX, or a DOCX behind a password.
  if (head.subarray(0, 4).equals(Buffer.from([0xd0, 0xcf, 0x11, 0xe0]))) {
    throw new SourceError(bytes.includes(Buffer.from('EncryptedPackage', 'utf16le')) ? 'source.encrypted' : 'source.unsupported');
  }
  if (looksBinary(bytes) || head.subarray(0, 5).toString('latin1') === '{\\rtf') throw new SourceError('source.unsupported');
  const start = decodeText(head).trimStart();
  if (/^(?:<!--[\s\S]*?-->\s*|<\?xml[^>]*>\s*)*<(?:!doctype html|html|head|body)\b/i.test(start)) return 'html';
  if (/^text\/html|^application\/xhtml/i.test(contentType) || /\.x?html?$/i.test(name)) return 'html';
  if (/\.(?:csv|tsv)$/i.test(name) || /^text\/(?:csv|tab-separated-values)/i.test(contentType)) return 'csv';
  if (/\.(?:md|markdown|mdx)$/i.test(name) || /^text\/(?:x-)?markdown/i.test(contentType)) return 'markdown';
  if (/\.(?:txt|text)$/i.test(name) || /^text\/plain/i.test(contentType)) return 'text';
  if (NOT_READ_AS_TEXT.test(contentType) || /\.(?:json|xml|js|css|rtf|yaml|yml|ics|vcf|svg)$/i.test(name))
    throw new SourceError('source.unsupported');
  if (/^<(?:\?xml|svg|rss|feed|urlset)/i.test(start)) throw new SourceError('source.unsupported');
  return /^<(?:div|p|h[1-6]|section|article|main|table|ul)[\s>]/i.test(start) ? 'html' : 'text';
}

const charsetOf = ({ contentType }: FileHints): string | undefined => /charset=["']?([\w-]+)/i.exec(contentType ?? '')?.[1];
