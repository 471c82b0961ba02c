import { createHash } from 'node:crypto';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshKnowledgeDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import type { NewChunk } from '../chunks/chunk.js';
import type { Embedder } from '../embedding/embedder.js';
import { Retriever } from '../retrieval/retriever.js';
import type { KnowledgeScope } from '../scope.js';
import { embeddedText } from '../store/embedded-text.js';
import { KnowledgeStore } from '../store/knowledge-store.js';
import { knowledgeMigrations } from '../store/migrations.js';
import type { Replaced } from '../store/source.js';
import { wordEmbedder } from './word-embedder.js';

export interface KnowledgeKit {
  readonly dataSource: DataSource;
  readonly store: KnowledgeStore;
  readonly embedder: Embedder;
  readonly retriever: Retriever;
  /** Makes a source of these texts known and takes it in, with vectors of the kit's embedder. */
  takeIn(scope: KnowledgeScope, sourceId: string, texts: readonly (string | Partial<NewChunk>)[]): Promise<Replaced>;
  /** What a question finds, best first. */
  find(scope: KnowledgeScope, question: string): Promise<string[]>;
  close(): Promise<void>;
}

/** A knowledge base of its own in the real database of this run. */
export async function knowledgeKit(embedder: Embedder = wordEmbedder()): Promise<KnowledgeKit> {
  const database = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!, 'knowledge');
  const options = { url: database.url, schema: database.schema, applicationName: 'knowledge-spec' };
  await runMigrations({ ...options, migrations: knowledgeMigrations });
  const dataSource = await createDataSource({ ...options, poolSize: 1 }).initialize();
  const store = new KnowledgeStore(dataSource);
  const retriever = new Retriever({ dataSource, embedder });
  return {
    dataSource,
    store,
    embedder,
    retriever,
    async takeIn(scope, sourceId, texts) {
      const chunks = texts.map(aChunk);
      await store.putSource(scope, { sourceId, title: `Source ${sourceId.slice(0, 4)}` });
      const of = await embedder.embed(chunks.map(embeddedText), 'passage');
      return store.replaceChunks(scope, sourceId, chunks, { model: embedder, of });
    },
    async find(scope, question) {
      return (await retriever.search(scope, { text: question, limit: 20 })).passages.map(({ text }) => text);
    },
    async close() {
      await dataSource.destroy();
      await database.drop();
    },
  };
}

/** A chunk in English unless said otherwise. */
export function aChunk(given: string | Partial<NewChunk>): NewChunk {
  const chunk = { titlePath: [], text: '', language: 'en', ...(typeof given === 'string' ? { text: given } : given) };
  return { contentHash: createHash('sha256').update(JSON.stringify(chunk)).digest('hex'), ...chunk };
}
