import { BodyTooLarge, isTooLate } from '@baton/outside';
import OpenAI from 'openai';
import { EmbeddingError } from '../embedding-error.js';

/** Busy, or not there for the moment. */
const PASSING = new Set([408, 409, 425, 429]);

/** What went wrong, in our codes. The endpoint's own sentence stays out: it may quote the text. */
export function failureOf(error: unknown, who: string): EmbeddingError {
  if (error instanceof OpenAI.APIConnectionTimeoutError || isTooLate(error))
    return new EmbeddingError('embedding.unreachable', `${who} did not answer in time.`);
  if (error instanceof OpenAI.APIConnectionError)
    return new EmbeddingError('embedding.unreachable', `${who} cannot be reached${systemCode(error)}.`);
  if (error instanceof OpenAI.APIError && typeof error.status === 'number') {
    const passes = PASSING.has(error.status) || error.status >= 500;
    const means = error.status === 401 || error.status === 403 ? ': it does not accept the key' : '';
    return new EmbeddingError(passes ? 'embedding.unreachable' : 'embedding.refused', `${who} answered ${error.status}${means}.`);
  }
  if (error instanceof BodyTooLarge) return new EmbeddingError('embedding.refused', `${who} answered with more than embeddings are.`);
  return new EmbeddingError('embedding.refused', `${who} answered with something else than embeddings.`);
}

/** The endpoint's `Retry-After`, as it came. */
export function retryAfterOf(error: unknown): string | null {
  if (!(error instanceof OpenAI.APIError)) return null;
  const headers: unknown = error.headers;
  return headers instanceof Headers ? headers.get('retry-after') : null;
}

function systemCode(error: Error): string {
  for (let cause: unknown = error.cause; cause instanceof Error; cause = cause.cause) {
    if ('code' in cause && typeof cause.code === 'string') return ` (${cause.code})`;
  }
  return '';
}
