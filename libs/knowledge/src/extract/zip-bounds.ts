import { inflateRawSync } from 'node:zlib';
import { SourceError } from './source-error.js';

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly isEncrypted: boolean;
  readonly packed: number;
  readonly at: number;
}

const END = Buffer.from([0x50, 0x4b, 0x05, 0x06]);
const DIRECTORY = 0x02014b50;
const DEFLATED = 8;

/** What a packed file holds, by name: https://pkware.cachefly.net/webdocs/casestudies/APPNOTE.TXT, 4.3.12 */
export function zipEntries(bytes: Buffer): Entry[] {
  const end = bytes.lastIndexOf(END);
  if (end < 0 || end + 22 > bytes.length) throw new SourceError('source.broken');
  const entries: Entry[] = [];
  let at = bytes.readUInt32LE(end + 16);
  for (let count = bytes.readUInt16LE(end + 10); count > 0; count -= 1) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== DIRECTORY) throw new SourceError('source.broken');
    const nameLength = bytes.readUInt16LE(at + 28);
    entries.push({
      name: bytes.toString('utf8', at + 46, at + 46 + nameLength),
      method: bytes.readUInt16LE(at + 10),
      isEncrypted: (bytes.readUInt16LE(at + 8) & 1) === 1,
      packed: bytes.readUInt32LE(at + 20),
      at: bytes.readUInt32LE(at + 42),
    });
    at += 46 + nameLength + bytes.readUInt16LE(at + 30) + bytes.readUInt16LE(at + 32);
  }
  return entries;
}

/**
 * Unpacks all that will be read, to see what it becomes: what a file says of its own size may be a lie.
 * @throws SourceError `source.too-large` when it becomes more than so many bytes, `source.encrypted`, `source.broken`
 */
export function checkUnpacked(bytes: Buffer, entries: readonly Entry[], maxBytes: number): void {
  let left = maxBytes;
  for (const entry of entries) {
    if (entry.isEncrypted) throw new SourceError('source.encrypted');
    if (!/\.(?:xml|rels)$/i.test(entry.name)) continue;
    left -= unpackedSize(bytes, entry, left);
    if (left <= 0) throw new SourceError('source.too-large', 'it becomes too large when it is unpacked');
  }
}

function unpackedSize(bytes: Buffer, { method, at, packed }: Entry, maxOutputLength: number): number {
  if (at + 30 > bytes.length) throw new SourceError('source.broken');
  const from = at + 30 + bytes.readUInt16LE(at + 26) + bytes.readUInt16LE(at + 28);
  if (method !== DEFLATED) return packed;
  try {
    return inflateRawSync(bytes.subarray(from, from + packed), { maxOutputLength }).length;
  } catch (error) {
    throw new SourceError((error as { code?: string }).code === 'ERR_BUFFER_TOO_LARGE' ? 'source.too-large' : 'source.broken');
  }
}
