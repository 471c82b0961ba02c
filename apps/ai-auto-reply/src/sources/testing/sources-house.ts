import { createLocalEmbedder, knowledgeMigrations, KnowledgeStore, Retriever, SourceReader } from '@baton/knowledge';
import type { CrawlLimits, Embedder, KnowledgeScope } from '@baton/knowledge';
import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase, freshKnowledgeDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import { migrations, SCHEMA } from '../../database/index.js';
import { IngestSources } from '../ingestion/ingest-sources.js';
import { PagesStore } from '../ingestion/pages.store.js';
import { RunsStore } from '../ingestion/runs.store.js';
import { ManageSources } from '../manage-sources.js';
import type { Source } from '../source.js';
import { readNewSource } from '../source-request.js';
import { SourcesStore } from '../sources.store.js';

/** Sources with real databases and the real model; what each embedding cost is counted. */
export interface SourcesHouse {
  readonly dataSource: DataSource;
  readonly knowledge: { readonly store: KnowledgeStore; readonly embedder: Embedder };
  readonly sources: SourcesStore;
  readonly runs: RunsStore;
  /** The bots that the settings know. */
  readonly known: KnowledgeScope[];
  readonly manage: ManageSources;
  readonly reader: SourceReader;
  /** Texts that were embedded so far. */
  readonly embedded: { count: number };
  replica(more?: { limits?: Partial<CrawlLimits>; embedder?: Embedder }): IngestSources;
  add(scope: KnowledgeScope, body: object): Promise<Source>;
  read(scope: KnowledgeScope, source: Source): Promise<Source>;
  /** Texts that are found for a question. */
  search(scope: KnowledgeScope, question: string): Promise<string[]>;
  close(): Promise<void>;
}

export async function openSourcesHouse(): Promise<SourcesHouse> {
  const database = await freshDatabase(process.env['DATABASE_URL']!, 'sources');
  await runMigrations({ url: database.url, schema: SCHEMA, migrations, applicationName: 'sources-test' });
  const { url, schema, drop } = freshKnowledgeDatabase(process.env['KNOWLEDGE_DATABASE_URL']!, 'sources');
  await runMigrations({ url, schema, migrations: knowledgeMigrations, applicationName: 'sources-test' });
  const dataSource = await createDataSource({ url: database.url, schema: SCHEMA, applicationName: 'sources-test' }).initialize();
  const knowledgeSource = await createDataSource({ url, schema, applicationName: 'sources-test', poolSize: 1 }).initialize();
  const model = await createLocalEmbedder({ directory: process.env['EMBEDDINGS_DIR']! });
  const embedded = { count: 0 };
  const embedder: Embedder = {
    id: model.id,
    dimensions: model.dimensions,
    embed: (texts, as, signal) => {
      if (as === 'passage') embedded.count += texts.length;
      return model.embed(texts, as, signal);
    },
    close: () => model.close(),
  };
  const knowledge = { store: new KnowledgeStore(knowledgeSource), embedder };
  const retriever = new Retriever({ dataSource: knowledgeSource, embedder });
  const sources = new SourcesStore(dataSource);
  const known: KnowledgeScope[] = [];
  const runs = new RunsStore(dataSource, () => known);
  const manage = new ManageSources({ sources, knowledge, wake: () => undefined, onChange: () => undefined });
  const reader = new SourceReader();
  const log = { info: () => undefined, warn: () => undefined };
  return {
    dataSource,
    knowledge,
    sources,
    runs,
    known,
    manage,
    reader,
    embedded,
    replica: ({ limits, embedder: other } = {}) =>
      new IngestSources({
        pages: new PagesStore(dataSource),
        runs,
        reader,
        knowledge: { ...knowledge, embedder: other ?? embedder },
        allowLoopback: true,
        retryMs: [],
        log,
        atOnce: 2,
        onEnd: () => undefined,
        onChange: () => undefined,
        ...(limits && { limits }),
      }),
    add: async (scope, body) => (await manage.create(scope, readNewSource(body))).source,
    read: async (scope, { id }) => (await sources.find(scope, id))!,
    search: async (scope, question) => {
      const { passages } = await retriever.search(scope, { text: question, signal: new AbortController().signal });
      return passages.map(({ text }) => text);
    },
    close: async () => {
      await reader.close();
      await model.close();
      await knowledgeSource.destroy();
      await dataSource.destroy();
      await drop();
      await database.drop();
    },
  };
}
