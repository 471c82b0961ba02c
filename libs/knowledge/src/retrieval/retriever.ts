import type { DataSource } from 'typeorm';
import type { Embedder } from '../embedding/embedder.js';
import type { KnowledgeScope } from '../scope.js';
import { DEFAULT_BM25, type Bm25 } from './bm25.js';
import { findCandidates, type Candidate } from './find-candidates.js';
import { fuse } from './fuse.js';
import type { Retrieval } from './passage.js';
import { DEFAULT_PARAMETERS, type RetrievalParameters } from './parameters.js';
import { readPassages } from './read-passages.js';
import { readQuestion, type ReadQuestion } from './read-question.js';
import { supportOf } from './support.js';

export interface SearchRequest {
  readonly text: string;
  /** ISO 639-1, where it is known. */
  readonly language?: string;
  /** Passages at most. Default 6. */
  readonly limit?: number;
  readonly signal?: AbortSignal;
}

export interface RetrieverOptions {
  readonly dataSource: DataSource;
  readonly embedder: Embedder;
  readonly bm25?: Bm25;
}

/** Both legs' findings before they are weighed against each other. */
export interface Candidates {
  readonly question: ReadQuestion;
  readonly found: readonly Candidate[];
  readonly parameters: RetrievalParameters;
}

const DEFAULT_LIMIT = 6;
/** Of each leg: more changes the first ten no more. */
const PER_LEG = 100;

/** Finds passages for questions, in one scope at a time. */
export class Retriever {
  constructor(private readonly options: RetrieverOptions) {}

  async search(scope: KnowledgeScope, request: SearchRequest): Promise<Retrieval> {
    const begun = performance.now();
    const limit = request.limit ?? DEFAULT_LIMIT;
    const { question, found, parameters } = await this.candidates(scope, request);
    const fused = fuse(found, parameters.weight);
    const passages = await readPassages(this.options.dataSource, scope, fused.slice(0, limit * 2));
    return {
      passages: passages.slice(0, limit),
      support: supportOf(question, fused, parameters),
      threshold: parameters.threshold,
      fitted: parameters.fitted,
      ms: performance.now() - begun,
    };
  }

  async candidates(scope: KnowledgeScope, request: Pick<SearchRequest, 'text' | 'signal'>): Promise<Candidates> {
    const { dataSource, embedder, bm25 = DEFAULT_BM25 } = this.options;
    const [question, [vector]] = await Promise.all([
      readQuestion(dataSource, scope, request.text, embedder.id),
      embedder.embed([request.text], 'question', request.signal),
    ]);
    const found = question.chunks === 0 ? [] : await findCandidates(dataSource, scope, question, vector, { bm25, perLeg: PER_LEG });
    return { question, found, parameters: DEFAULT_PARAMETERS };
  }
}
