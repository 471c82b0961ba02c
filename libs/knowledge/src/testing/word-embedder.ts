import type { Embedder } from '../embedding/embedder.js';
import { asUnit } from '../embedding/unit.js';

/** An embedder without a model: words fall into places of a vector, so that texts with the same words point the same way. */
export function wordEmbedder(options: { readonly id?: string; readonly dimensions?: number } = {}): Embedder {
  const dimensions = options.dimensions ?? 64;
  const vectorOf = (text: string): Float32Array => {
    const vector = new Float32Array(dimensions);
    for (const word of text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? []) vector[placeOf(word, dimensions)]! += 1;
    return asUnit(vector);
  };
  return {
    id: options.id ?? `words-${dimensions}`,
    dimensions,
    embed: (texts) => Promise.resolve(texts.map(vectorOf)),
    close: () => Promise.resolve(),
  };
}

function placeOf(word: string, places: number): number {
  let hash = 7;
  for (const sign of word) hash = (hash * 31 + sign.codePointAt(0)!) % 1_000_003;
  return hash % places;
}
