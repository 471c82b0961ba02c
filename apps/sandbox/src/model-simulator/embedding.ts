import { createHash } from 'node:crypto';

export const DIMENSIONS = 256;

/** A vector of length one in which words have places of their own: texts with the same words point the same way, whatever they mean. */
export function embed(text: string): number[] {
  const vector = new Array<number>(DIMENSIONS).fill(0);
  for (const word of text.toLowerCase().split(/[^\p{L}\p{N}]+/u)) {
    if (word.length < 2) continue;
    const digest = createHash('sha256').update(word).digest();
    const place = digest.readUInt16BE(0) % DIMENSIONS;
    vector[place] = vector[place]! + (digest[2]! % 2 === 0 ? 1 : -1);
  }
  const length = Math.hypot(...vector);
  return length === 0 ? vector : vector.map((part) => part / length);
}
