export type { KnowledgeScope } from './scope.js';
export type { Embedder } from './embedding/embedder.js';
export type { Passage, Retrieval } from './retrieval/passage.js';
export type { ExtractedDocument, NewChunk } from './chunks/chunk.js';
export { guessLanguage, languageOf, type LanguageGuess } from './language.js';
export { EmbeddingError, type EmbeddingErrorCode } from './embedding/embedding-error.js';
export { createEmbedder, embeddingVariables, type EmbeddingConfig } from './embedding/embedder-config.js';
export { createOpenAiEmbedder, type OpenAiEmbedderOptions } from './embedding/endpoint/openai-embedder.js';
export { createLocalEmbedder, type LocalEmbedderOptions } from './embedding/local/local-embedder.js';
export { chunkDocument, chunkPairs, type KnowledgePair } from './chunks/chunk-document.js';
export { CHUNK_SIZES } from './chunks/size.js';
export { EXTRACT_LIMITS, type Extracted, type FileHints } from './extract/extracted.js';
export { fromMarkdown, fromPlainText } from './extract/markdown.js';
export { SOURCE_PROBLEMS, SourceError, type SourceProblem } from './extract/source-error.js';
export { KnowledgeStore } from './store/knowledge-store.js';
export { KNOWLEDGE_SCHEMA, knowledgeMigrations } from './store/migrations.js';
export { embeddedText } from './store/embedded-text.js';
export {
  KnowledgeError,
  type ChunkVectors,
  type KnowledgeErrorCode,
  type Replaced,
  type SourceToPut,
  type StoredChunk,
  type StoredSource,
  type UsedChunk,
} from './store/source.js';
export { Retriever, type RetrieverOptions, type SearchRequest } from './retrieval/retriever.js';
export { forbidsIndex } from './extract/html.js';
export { readSource, type Reading, type SourceInput } from './reading/read-source.js';
export { SourceReader, type SourceReaderOptions } from './reading/source-reader.js';
export {
  Crawler,
  CRAWL_LIMITS,
  distinctPages,
  type CrawlerOptions,
  type CrawlLimits,
  type PageToVisit,
  type Visit,
} from './crawl/crawler.js';
export { listSitemap, type Listed } from './crawl/list-sitemap.js';
export type { PageProblem, ProblemAt } from './crawl/page-problem.js';
export { canonicalUrl, isWithin, siteOf, type Site } from './crawl/site.js';
export { openKnowledge, type OpenKnowledgeOptions } from './store/open-knowledge.js';
export { byOneLeg, byReciprocalRank, fuse, type Fused } from './retrieval/fuse.js';
export type { Candidate } from './retrieval/find-candidates.js';
export { fitParameters, type Fit, type FitOptions } from './fitting/fit-parameters.js';
