import type { DataSource } from 'typeorm';
import { createDataSource } from '@baton/persistence';

/** Its own schema, wherever it lies. */
export const KNOWLEDGE_SCHEMA = 'knowledge';

/** The data source of chunks and their index, apart from the service's own: nothing else lies there. */
export class KnowledgeDatabase {
  readonly dataSource: DataSource;

  constructor(o: { readonly url: string; readonly poolSize: number; readonly onPoolError: (error: Error) => void }) {
    this.dataSource = createDataSource({ ...o, schema: KNOWLEDGE_SCHEMA, applicationName: 'ai-auto-reply-knowledge' });
  }
}
