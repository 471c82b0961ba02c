import { z } from 'zod';
import type { Embedder } from './embedder.js';
import { EmbeddingError } from './embedding-error.js';
import { createOpenAiEmbedder } from './endpoint/openai-embedder.js';
import { createLocalEmbedder } from './local/local-embedder.js';

/** Where vectors come from; spread it into a service's own schema: `z.object({ ...embeddingVariables, … })`. */
export const embeddingVariables = {
  EMBEDDINGS_URL: z
    .url({ protocol: /^https?$/, error: 'must be an http(s) address' })
    .optional()
    .meta({ description: 'an OpenAI-compatible endpoint for embeddings, up to and without /embeddings; without it the local model works' }),
  EMBEDDINGS_MODEL: z.string().min(1).max(200).optional().meta({ description: 'the name of the model there' }),
  EMBEDDINGS_KEY: z.string().min(1).optional().meta({ description: 'the key for that endpoint, when it wants one' }),
  EMBEDDINGS_DIMENSIONS: z.coerce
    .number()
    .int()
    .min(1)
    .max(16_000)
    .optional()
    .meta({ description: 'the length of its vectors; without it the endpoint is asked at the start and must answer' }),
  EMBEDDINGS_QUESTION_PREFIX: z
    .string()
    .optional()
    .meta({ description: 'what its model wants before each question, for example "query: "; default nothing' }),
  EMBEDDINGS_PASSAGE_PREFIX: z
    .string()
    .optional()
    .meta({ description: 'what its model wants before each passage, for example "passage: "; default nothing' }),
  EMBEDDINGS_DIR: z.string().min(1).optional().meta({ description: 'the directory of the local embedding model' }),
  EMBEDDINGS_THREADS: z.coerce
    .number()
    .int()
    .min(1)
    .max(64)
    .optional()
    .meta({ description: 'cores that the local model works with, default 1' }),
};

export type EmbeddingConfig = z.output<z.ZodObject<typeof embeddingVariables>>;

/**
 * The endpoint of the configuration, or the local model.
 * @throws EmbeddingError `embedding.no-model` when neither is there, and what their own creation throws
 */
export async function createEmbedder(config: EmbeddingConfig): Promise<Embedder> {
  const { EMBEDDINGS_URL: baseUrl, EMBEDDINGS_MODEL: model, EMBEDDINGS_DIR: directory } = config;
  if (baseUrl !== undefined) {
    if (model === undefined) throw new EmbeddingError('embedding.no-model', 'EMBEDDINGS_URL is set, but EMBEDDINGS_MODEL is not.');
    return createOpenAiEmbedder({
      baseUrl,
      model,
      apiKey: config.EMBEDDINGS_KEY,
      dimensions: config.EMBEDDINGS_DIMENSIONS,
      prefixes: { question: config.EMBEDDINGS_QUESTION_PREFIX, passage: config.EMBEDDINGS_PASSAGE_PREFIX },
    });
  }
  if (directory === undefined) throw new EmbeddingError('embedding.no-model', 'Neither EMBEDDINGS_URL nor EMBEDDINGS_DIR is set.');
  return createLocalEmbedder({ directory, threads: config.EMBEDDINGS_THREADS });
}
