export type { KnowledgeScope } from './scope.js';
export type { Embedder } from './embedding/embedder.js';
export type { Passage, Retrieval } from './retrieval/passage.js';
export type { ExtractedDocument, NewChunk } from './chunks/chunk.js';
export { guessLanguage, languageOf, type LanguageGuess } from './language.js';
export { EmbeddingError, type EmbeddingErrorCode } from './embedding/embedding-error.js';
export { createLocalEmbedder, type LocalEmbedderOptions } from './embedding/local/local-embedder.js';
