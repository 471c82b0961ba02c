import { embeddedText } from '@baton/knowledge';
import type { Embedder, KnowledgeScope, KnowledgeStore, NewChunk, Replaced } from '@baton/knowledge';

/** Chunks whose vectors are written at once: a run that is broken off loses no more of the model's work. */
const WRITTEN_AT_ONCE = 256;
/** Texts that the model is given at once. */
const EMBEDDED_AT_ONCE = 16;

export interface TakeInParts {
  readonly store: Pick<KnowledgeStore, 'chunksToEmbed' | 'replaceChunks'>;
  /** One of no dimensions stands for none: chunks are then found by their words alone. */
  readonly embedder: Pick<Embedder, 'id' | 'dimensions' | 'embed'>;
}

/**
 * Makes these the chunks of a source. Only chunks that have no vector yet are embedded: what did not change costs nothing. Of very many,
 * the later ones are found by their words alone until their vectors follow, moments later.
 * @throws KnowledgeError, EmbeddingError
 */
export async function takeIn(
  { store, embedder }: TakeInParts,
  scope: KnowledgeScope,
  sourceId: string,
  chunks: readonly NewChunk[],
  signal: AbortSignal,
): Promise<Replaced> {
  const { id, dimensions } = embedder;
  if (dimensions === 0) return store.replaceChunks(scope, sourceId, chunks);
  let replaced: Replaced | undefined;
  for (;;) {
    signal.throwIfAborted();
    const missing = await store.chunksToEmbed(scope, sourceId, chunks, id);
    if (missing.length === 0 && replaced) return replaced;
    const now = missing.slice(0, WRITTEN_AT_ONCE);
    const vectors = await embedded(embedder, chunks, now, signal);
    signal.throwIfAborted();
    const { version, ...counts } = await store.replaceChunks(scope, sourceId, chunks, { model: { id, dimensions }, of: vectors });
    replaced = replaced ? { ...replaced, version } : { version, ...counts };
    if (missing.length === now.length) return replaced;
  }
}

async function embedded(
  embedder: TakeInParts['embedder'],
  chunks: readonly NewChunk[],
  indexes: readonly number[],
  signal: AbortSignal,
): Promise<(Float32Array | undefined)[]> {
  const vectors = Array<Float32Array | undefined>(chunks.length).fill(undefined);
  for (let from = 0; from < indexes.length; from += EMBEDDED_AT_ONCE) {
    const batch = indexes.slice(from, from + EMBEDDED_AT_ONCE);
    const made = await embedder.embed(
      batch.map((index) => embeddedText(chunks[index]!)),
      'passage',
      signal,
    );
    batch.forEach((index, at) => (vectors[index] = made[at]));
  }
  return vectors;
}
