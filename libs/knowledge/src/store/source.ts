/** What is known of a source here; where it came from and how it is fetched is its owner's business. */
export interface SourceToPut {
  readonly sourceId: string;
  readonly title: string;
  readonly url?: string;
  /** A source that is switched off is found by no search. Default true. */
  readonly enabled?: boolean;
}

/** A piece of a source as it lies in the knowledge. */
export interface StoredChunk {
  readonly chunkId: string;
  /** Where it stands in its source. */
  readonly position: number;
  /** Headings above it, outermost first. */
  readonly titlePath: readonly string[];
  readonly text: string;
  readonly question?: string;
  readonly url?: string;
}

export interface StoredSource {
  readonly sourceId: string;
  readonly title: string;
  readonly url?: string;
  readonly enabled: boolean;
  /** 0 until something was taken in. */
  readonly version: number;
  readonly chunks: number;
  /** Chunks without a vector of the model asked for: found by their words alone until they are embedded anew. */
  readonly withoutVector: number;
}

/** What a taking-in changed. */
export interface Replaced {
  /** Rises only when chunks were added or removed. */
  readonly version: number;
  readonly added: number;
  readonly kept: number;
  readonly removed: number;
}

/** Vectors of one model for chunks, in their order; a chunk that is known and has its vector already needs none. */
export interface ChunkVectors {
  readonly model: { readonly id: string; readonly dimensions: number };
  readonly of: readonly (Float32Array | undefined)[];
}

/** A chunk an answer was made from, as its passage told it. */
export interface UsedChunk {
  readonly chunkId: string;
  readonly sourceVersion: number;
}

export type KnowledgeErrorCode = 'source-unknown' | 'replaced-meanwhile' | 'vector-dimensions';

/** `source-unknown`: there is none of that id in the scope; `replaced-meanwhile`: another taking-in of the same source came first. */
export class KnowledgeError extends Error {
  override readonly name = 'KnowledgeError';

  constructor(
    readonly code: KnowledgeErrorCode,
    message: string,
  ) {
    super(`knowledge.${code}: ${message}`);
  }
}
