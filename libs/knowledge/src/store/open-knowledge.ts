import { createDataSource, runMigrations } from '@baton/persistence';
import { KnowledgeStore } from './knowledge-store.js';
import { KNOWLEDGE_SCHEMA, knowledgeMigrations } from './migrations.js';

export interface OpenKnowledgeOptions {
  /** A Postgres with pgvector, pg_trgm and unaccent. */
  readonly url: string;
  /** Default `knowledge`. */
  readonly schema?: string;
  readonly applicationName: string;
  /** Default 1, which is enough for one who searches. */
  readonly poolSize?: number;
}

/** A store in a schema brought up to date, for programs that are no service; its data source is the caller's to destroy. */
export async function openKnowledge({
  url,
  applicationName,
  schema = KNOWLEDGE_SCHEMA,
  poolSize = 1,
}: OpenKnowledgeOptions): Promise<KnowledgeStore> {
  await runMigrations({ url, schema, applicationName, migrations: knowledgeMigrations });
  return new KnowledgeStore(await createDataSource({ url, schema, applicationName, poolSize }).initialize());
}
