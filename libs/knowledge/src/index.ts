export type { KnowledgeScope } from './scope.js';
export type { Embedder } from './embedding/embedder.js';
export type { Passage, Retrieval } from './retrieval/passage.js';
export type { ExtractedDocument, NewChunk } from './chunks/chunk.js';
export { guessLanguage, languageOf, type LanguageGuess } from './language.js';
