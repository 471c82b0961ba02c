import { TextDecoder } from 'node:util';
import { SourceError } from './source-error.js';

const MARKS: readonly [string, readonly number[]][] = [
  ['utf-8', [0xef, 0xbb, 0xbf]],
  ['utf-16le', [0xff, 0xfe]],
  ['utf-16be', [0xfe, 0xff]],
];

/** Bytes as text: by their mark, else as UTF-8 when they are that, else as they are said to be, else as Western Europe writes. */
export function decodeText(bytes: Uint8Array, said?: string): string {
  const marked = MARKS.find(([, mark]) => mark.every((byte, at) => bytes[at] === byte))?.[0];
  const encoding = marked ?? unmarked16(bytes);
  if (encoding !== undefined) return cleanText(new TextDecoder(encoding).decode(bytes));
  try {
    return cleanText(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    const decoder = decoderOf(said);
    // Asked for the whole at once, Node reads windows-1252 as Latin 1: https://github.com/nodejs/node/issues/56542
    return cleanText(decoder.decode(bytes, { stream: true }) + decoder.decode());
  }
}

function decoderOf(said: string | undefined): TextDecoder {
  try {
    return new TextDecoder(said === undefined || /^utf-?8$/i.test(said) ? 'windows-1252' : said);
  } catch {
    return new TextDecoder('windows-1252');
  }
}

/** Text of Latin letters in two bytes each has a zero in nearly every second place. */
function unmarked16(bytes: Uint8Array): string | undefined {
  const head = bytes.subarray(0, 1_000);
  const zeros = [0, 1].map((parity) => head.filter((byte, at) => at % 2 === parity && byte === 0).length);
  if (zeros[1]! > head.length * 0.35) return 'utf-16le';
  return zeros[0]! > head.length * 0.35 ? 'utf-16be' : undefined;
}

/** Whether bytes are of a program or a picture rather than of a text. */
export function looksBinary(bytes: Uint8Array): boolean {
  const head = bytes.subarray(0, 4_096);
  if (MARKS.some(([, mark]) => mark.every((byte, at) => bytes[at] === byte)) || unmarked16(bytes) !== undefined) return false;
  const odd = head.filter((byte) => byte < 9 || (byte > 13 && byte < 32 && byte !== 27)).length;
  return head.includes(0) || odd > head.length * 0.02;
}

/**
 * The same text with one kind of line end and without what is not seen: databases refuse some of it, and words are not found around it.
 * Endless white space is made short: many a pattern takes the square of its length.
 */
export function cleanText(text: string): string {
  return text
    .replace(/\r\n?|\u2028|\u2029|\f|\v/g, '\n')
    .replace(/\u00a0|\u202f/g, ' ')
    .replace(/[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b\u2060\ufeff]/g, '')
    .replace(/\s{300,}/g, (run) => (run.includes('\n') ? '\n\n' : ' '))
    .toWellFormed()
    .normalize('NFC');
}

/** @throws SourceError `source.empty` when nothing can be read in it, `source.too-large` when it is too long */
export function checkedLength(text: string, letters: number): string {
  if (text.length > letters) throw new SourceError('source.too-large', `more than ${letters} letters`);
  if (!/[\p{L}\p{N}]/u.test(text)) throw new SourceError('source.empty');
  return text;
}
