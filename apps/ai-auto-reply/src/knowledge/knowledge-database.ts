import type { DataSource } from 'typeorm';
import { createDataSource } from '@baton/persistence';

/** The data source of chunks and their index, apart from the service's own: nothing else lies there. */
export class KnowledgeDatabase {
  readonly dataSource: DataSource;

  constructor(o: {
    readonly url: string;
    readonly schema: string;
    readonly poolSize: number;
    readonly onPoolError: (error: Error) => void;
  }) {
    this.dataSource = createDataSource({ ...o, applicationName: 'ai-auto-reply-knowledge' });
  }
}
