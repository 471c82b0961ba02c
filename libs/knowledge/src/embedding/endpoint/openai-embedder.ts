import { createHash } from 'node:crypto';
import { setTimeout as pause } from 'node:timers/promises';
import { boundedFetch } from '@baton/outside';
import OpenAI from 'openai';
import type { Embedder } from '../embedder.js';
import { EmbeddingError } from '../embedding-error.js';
import { asUnit } from '../unit.js';
import { failureOf, retryAfterOf } from './endpoint-failure.js';
import { RetryBudget, waitBefore } from './retry-budget.js';

export interface OpenAiEmbedderOptions {
  /** Up to and without `/embeddings`, for example `https://models.example/v1`. */
  readonly baseUrl: string;
  readonly apiKey?: string;
  readonly model: string;
  /** Length of the vectors. Asked for where the endpoint can shorten them; without it the endpoint is asked once for its own. */
  readonly dimensions?: number;
  /** For one request; default 10 s. */
  readonly timeoutMs?: number;
  /** Put before each text, for models that were trained so; default nothing. */
  readonly prefixes?: { readonly question?: string; readonly passage?: string };
}

const TIMEOUT_MS = 10_000;
const TRIES = 3;
/** Of an answer: many times what the vectors of one request take. */
const MAX_ANSWER_BYTES = 16 * 1_048_576;
/** The most that small self-hosted endpoints take at once by default. */
const TEXTS_PER_REQUEST = 32;

/**
 * An embedder behind the interface of OpenAI's `/embeddings`, which most model servers speak.
 * @throws EmbeddingError when the dimensions are not given and the endpoint cannot be asked for them
 */
export async function createOpenAiEmbedder(options: OpenAiEmbedderOptions): Promise<Embedder> {
  const endpoint = new EmbeddingsEndpoint(options);
  const { question = '', passage = '' } = options.prefixes ?? {};
  const prefixes = { question, passage };
  const dimensions = options.dimensions ?? (await endpoint.vectorsOf(['dimensions']))[0]!.length;
  const closing = new AbortController();
  const trained = question + passage === '' ? '' : `#${createHash('sha256').update(JSON.stringify(prefixes)).digest('hex').slice(0, 8)}`;
  return {
    id: `${options.model}:${dimensions}${trained}`,
    dimensions,
    async embed(texts, as, signal) {
      const vectors: Float32Array[] = [];
      const until = signal ? AbortSignal.any([signal, closing.signal]) : closing.signal;
      for (let from = 0; from < texts.length; from += TEXTS_PER_REQUEST) {
        const some = texts.slice(from, from + TEXTS_PER_REQUEST).map((text) => prefixes[as] + text);
        vectors.push(...(await endpoint.vectorsOf(some, dimensions, until)));
      }
      return vectors;
    },
    async close() {
      closing.abort(new EmbeddingError('embedding.closed', 'The embedder was closed.'));
    },
  };
}

class EmbeddingsEndpoint {
  private readonly client: OpenAI;
  private readonly budget = new RetryBudget();
  /** Undefined once the endpoint showed that it does not know the wish. */
  private wishedDimensions: number | undefined;

  constructor(private readonly options: OpenAiEmbedderOptions) {
    this.wishedDimensions = options.dimensions;
    const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
    this.client = new OpenAI({
      baseURL: options.baseUrl,
      apiKey: options.apiKey ?? 'none',
      ...(options.apiKey === undefined && { defaultHeaders: { Authorization: null } }),
      // Nothing of the environment that was meant for another endpoint.
      organization: null,
      project: null,
      adminAPIKey: null,
      timeout: timeoutMs,
      fetch: boundedFetch({ maxBytes: MAX_ANSWER_BYTES, timeoutMs }),
      maxRetries: 0,
      // Its lines carry texts and keys.
      logLevel: 'off',
    });
  }

  /** Unit vectors, in order. */
  async vectorsOf(texts: readonly string[], dimensions?: number, signal?: AbortSignal): Promise<Float32Array[]> {
    const vectors = (await this.ask(texts, signal)).map(asUnit);
    const { baseUrl, model } = this.options;
    if (vectors.length !== texts.length || vectors.some((vector) => !vector.every(Number.isFinite)))
      throw new EmbeddingError('embedding.refused', `${model} at ${hostOf(baseUrl)} did not answer with a vector for each text.`);
    const other = vectors.find(({ length }) => length !== (dimensions ?? vectors[0]!.length));
    if (other)
      throw new EmbeddingError(
        'embedding.wrong-dimensions',
        `${model} at ${hostOf(baseUrl)} makes vectors of ${other.length} dimensions; ${dimensions} are expected.`,
      );
    return vectors;
  }

  private async ask(texts: readonly string[], signal: AbortSignal | undefined): Promise<Float32Array[]> {
    for (let tries = 1; ; tries += 1) {
      signal?.throwIfAborted();
      const wished = this.wishedDimensions;
      try {
        const { data } = await this.client.embeddings.create(
          {
            model: this.options.model,
            input: [...texts],
            encoding_format: 'float',
            ...(wished !== undefined && { dimensions: wished }),
          },
          { signal },
        );
        this.budget.succeeded();
        return [...data].sort((a, b) => a.index - b.index).map(({ embedding }) => Float32Array.from(embedding));
      } catch (error) {
        signal?.throwIfAborted();
        const failure = failureOf(error, `${this.options.model} at ${hostOf(this.options.baseUrl)}`);
        if (failure.code === 'embedding.refused' && wished !== undefined && refusesTheRequest(error)) {
          // Many servers refuse a wish that their model cannot fulfil, also where it would come true by itself.
          this.wishedDimensions = undefined;
          continue;
        }
        const wait = failure.isTransient && tries < TRIES ? waitBefore(tries, retryAfterOf(error)) : undefined;
        if (wait === undefined || !this.budget.take()) throw failure;
        await pause(wait, undefined, { signal }).catch(() => signal?.throwIfAborted());
      }
    }
  }
}

function refusesTheRequest(error: unknown): boolean {
  return error instanceof OpenAI.APIError && (error.status === 400 || error.status === 422);
}

function hostOf(url: string): string {
  return new URL(url).host;
}
