import { Readable } from 'node:stream';
import { createBrotliDecompress, createGunzip, createInflate } from 'node:zlib';

/** Packings of HTTP that are unpacked. */
export const PACKINGS = ['gzip', 'br', 'deflate'] as const;

/** The packings of a body, in the order in which they were put on. */
export function encodingsOf(header: string | undefined): string[] {
  const names = (header ?? '').split(',').map((name) => name.trim().toLowerCase());
  return names.filter((name) => name !== '' && name !== 'identity').map((name) => (name === 'x-gzip' ? 'gzip' : name));
}

/** Reads bytes until the end; undefined when there are more than so many: what comes after them is not waited for. */
export async function collectAtMost(source: AsyncIterable<Buffer>, maxBytes: number): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks, size);
}

/** Reads a body and unpacks it; neither what comes nor what it becomes is more than so many bytes. Errors of the network are thrown. */
export async function readBounded(
  body: AsyncIterable<Buffer>,
  maxBytes: number,
  packing?: string | undefined,
): Promise<Buffer | 'too-large' | 'broken'> {
  if (packing === undefined) return (await collectAtMost(body, maxBytes)) ?? 'too-large';
  const unpacker = unpackerOf(packing);
  if (!unpacker) return 'broken';
  let inward: unknown;
  const counted = Readable.from(atMost(body, maxBytes));
  counted.on('error', (error) => {
    inward = error;
    unpacker.destroy(error);
  });
  counted.pipe(unpacker);
  try {
    return (await collectAtMost(unpacker as AsyncIterable<Buffer>, maxBytes)) ?? 'too-large';
  } catch (error) {
    if (error instanceof TooMuch) return 'too-large';
    if (error === inward) throw error;
    return 'broken';
  } finally {
    counted.destroy();
    unpacker.destroy();
  }
}

/** Unpacks bytes that are held; a packed bomb is not unpacked further than the bound. */
export function unpackBounded(bytes: Buffer, maxBytes: number, packing: string): Promise<Buffer | 'too-large' | 'broken'> {
  return readBounded(Readable.from([bytes]), maxBytes, packing);
}

function unpackerOf(packing: string) {
  switch (packing) {
    case 'gzip':
      return createGunzip();
    case 'br':
      return createBrotliDecompress();
    case 'deflate':
      return createInflate();
    default:
      return undefined;
  }
}

class TooMuch extends Error {}

/** Packed content may go on for ever without becoming anything. */
async function* atMost(source: AsyncIterable<Buffer>, maxBytes: number): AsyncIterable<Buffer> {
  let size = 0;
  for await (const chunk of source) {
    size += chunk.length;
    if (size > maxBytes) throw new TooMuch('more came than is wanted');
    yield chunk;
  }
}
