import type { DataSource } from 'typeorm';
import { EmbeddingError } from '../embedding/embedding-error.js';
import type { Embedder } from '../embedding/embedder.js';
import type { KnowledgeScope } from '../scope.js';
import { DEFAULT_BM25, type Bm25 } from './bm25.js';
import { findCandidates, type Candidate } from './find-candidates.js';
import { foldDuplicates } from './fold-duplicates.js';
import { fuse } from './fuse.js';
import { parametersOf, type RetrievalParameters } from './parameters.js';
import type { Retrieval } from './passage.js';
import { readPassages } from './read-passages.js';
import { LONGEST_QUESTION, readQuestion } from './read-question.js';
import { supportOf } from './support.js';
import { measureYardstick, type Yardstick } from './yardstick.js';

export interface SearchRequest {
  /** Of a long one the first 1,000 signs are read. */
  readonly text: string;
  /** Passages at most, 1 to 50. Default 6. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface RetrieverOptions {
  /** Of the schema `knowledge`. */
  readonly dataSource: DataSource;
  readonly embedder: Embedder;
  readonly bm25?: Bm25;
}

/** Both legs' findings before they are weighed against each other. */
export interface Candidates {
  readonly found: readonly Candidate[];
  readonly parameters: RetrievalParameters;
  /** Why the dense leg said nothing, where it said nothing. */
  readonly wordsOnly?: WordsOnly;
  readonly yardstick: Yardstick | undefined;
}

/** `not-embedded`: no chunk of the scope has a vector of this model; `no-embedding`: the model failed or is away. */
export type WordsOnly = 'not-embedded' | 'no-embedding';

const DEFAULT_LIMIT = 6;
const MOST_PASSAGES = 50;
/** Of each leg: more changes the first ten no more. */
const PER_LEG = 100;

/** Finds passages for questions, in one scope at a time. */
export class Retriever {
  private yardstick: Promise<Yardstick> | undefined;

  constructor(private readonly options: RetrieverOptions) {}

  /**
   * The best passages for a question and how well they support an answer. Where the embedding model fails, words decide alone.
   * @throws the signal's reason when it is aborted, and what the database throws
   */
  async search(scope: KnowledgeScope, request: SearchRequest): Promise<Retrieval> {
    const begun = performance.now();
    const limit = Math.min(MOST_PASSAGES, Math.max(1, request.limit ?? DEFAULT_LIMIT));
    const { found, parameters, yardstick, wordsOnly } = await this.candidates(scope, request);
    const fused = fuse(found, parameters.weight, yardstick);
    // Twice as many, because copies fall away.
    const passages = await readPassages(this.options.dataSource, scope, fused.slice(0, limit * 2));
    return {
      passages: foldDuplicates(passages).slice(0, limit),
      support: passages.length === 0 ? 0 : supportOf(fused, yardstick),
      threshold: parameters.threshold,
      fitted: parameters.fitted,
      ...(wordsOnly === undefined ? {} : { wordsOnly }),
      ms: performance.now() - begun,
    };
  }

  /** What each leg finds, with both scores for all. */
  async candidates(scope: KnowledgeScope, { text, signal }: Pick<SearchRequest, 'text' | 'signal'>): Promise<Candidates> {
    const { dataSource, embedder, bm25 = DEFAULT_BM25 } = this.options;
    const asked = text.slice(0, LONGEST_QUESTION);
    const [question, dense] = await Promise.all([readQuestion(dataSource, scope, asked, embedder.id), this.embed(asked, signal)]);
    signal?.throwIfAborted();
    const vector = question.embedded ? dense?.vector : undefined;
    const found = question.chunks === 0 ? [] : await findCandidates(dataSource, scope, question, vector, { bm25, perLeg: PER_LEG });
    const wordsOnly = dense === undefined ? 'no-embedding' : question.embedded ? undefined : 'not-embedded';
    return {
      found,
      parameters: parametersOf(question.fitted),
      ...(wordsOnly === undefined || question.chunks === 0 ? {} : { wordsOnly }),
      yardstick: vector && dense?.yardstick,
    };
  }

  private async embed(text: string, signal: AbortSignal | undefined): Promise<{ vector: Float32Array; yardstick: Yardstick } | undefined> {
    const { embedder } = this.options;
    try {
      this.yardstick ??= measureYardstick(embedder);
      const [yardstick, [vector]] = await Promise.all([this.yardstick, embedder.embed([text], 'question', signal)]);
      return { yardstick, vector: vector! };
    } catch (error) {
      if (!(error instanceof EmbeddingError)) throw error;
      this.yardstick = undefined;
      return undefined;
    }
  }
}
