/**
 * - `embedding.unreachable`: nobody answered, or not in time, or only that it is busy; the same may succeed later.
 * - `embedding.refused`: the endpoint does not accept the request: key, model or text.
 * - `embedding.wrong-dimensions`: the vectors have another length than expected.
 * - `embedding.no-model`: the directory holds no model that is known here, or a damaged one.
 * - `embedding.failed`: the local model broke while it worked.
 * - `embedding.closed`: the embedder was closed before it came to it.
 */
export type EmbeddingErrorCode =
  | 'embedding.unreachable'
  | 'embedding.refused'
  | 'embedding.wrong-dimensions'
  | 'embedding.no-model'
  | 'embedding.failed'
  | 'embedding.closed';

/** Texts could not be turned into vectors. The message never carries a text or a key. */
export class EmbeddingError extends Error {
  readonly code: EmbeddingErrorCode;

  constructor(code: EmbeddingErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = 'EmbeddingError';
    this.code = code;
  }

  /** Whether the same may well succeed a little later. */
  get isTransient(): boolean {
    return this.code === 'embedding.unreachable' || this.code === 'embedding.failed';
  }
}
