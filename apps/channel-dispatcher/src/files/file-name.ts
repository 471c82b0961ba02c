import { storableText } from '../log/storable.js';
import { endingOf } from './file-kind.js';

/** In UTF-16 units; an address with every one of them escaped still fits where addresses are kept. */
export const LONGEST_NAME = 80;

/** Control characters, and those that turn the writing direction: "exe.gpj" must not look like "jpg.exe" backwards. */
const UNSEEN = /[\u0000-\u001f\u007f-\u009f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\uffff]/g;
/** What one system or another does not take in a name. */
const RESERVED = /["*:<>?|\\/]/g;

/** A name that is safe in every file system, header and address, and still the one that was given where it can be. */
export function cleanName(given: string, fallback: string): string {
  const last = storableText(given).normalize('NFC').replaceAll('\\', '/').split('/').at(-1) ?? '';
  const name = last
    .replace(UNSEEN, '')
    .replace(RESERVED, '_')
    .replace(/\s+/g, ' ')
    .replace(/^[\s.]+|[\s.]+$/g, '');
  return name === '' ? fallback : shortened(name);
}

/** What the last part of an address calls the file; empty when it calls it nothing. */
export function nameInUrl(url: string): string {
  try {
    const last = decodeURIComponent(new URL(url).pathname.split('/').at(-1) ?? '');
    return endingOf(last) === '' ? '' : last;
  } catch {
    return '';
  }
}

/** Keeps the ending, and no half of a character. */
function shortened(name: string): string {
  if (name.length <= LONGEST_NAME) return name;
  const ending = endingOf(name);
  const tail = ending === '' ? '' : `.${ending}`;
  const head = name.slice(0, LONGEST_NAME - tail.length);
  return `${head.replace(/[\ud800-\udbff]$/, '')}${tail}`;
}

/** `Content-Disposition` by RFC 6266: the plain name for old clients, the true one for all others. */
export function disposition(how: 'inline' | 'attachment', name: string): string {
  const plain = name.replace(/[^\x20-\x7e]|["\\%]/g, '_');
  const encoded = encodeURIComponent(name).replace(/['()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  return `${how}; filename="${plain}"; filename*=UTF-8''${encoded}`;
}
