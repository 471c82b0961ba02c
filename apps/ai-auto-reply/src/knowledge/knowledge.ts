import { createLocalEmbedder, EmbeddingError, KnowledgeStore, Retriever } from '@baton/knowledge';
import type { Embedder } from '@baton/knowledge';
import type { Logger } from '@baton/telemetry';
import type { KnowledgeDatabase } from './knowledge-database.js';

/** What bots know: where it is kept, how it is found, and what turns texts into vectors. */
export class Knowledge {
  readonly store: KnowledgeStore;
  readonly retriever: Retriever;

  constructor(
    database: Pick<KnowledgeDatabase, 'dataSource'>,
    readonly embedder: Embedder,
  ) {
    this.store = new KnowledgeStore(database.dataSource);
    this.retriever = new Retriever({ dataSource: database.dataSource, embedder });
  }

  /** Takes the model of a directory; without one, words alone are looked for. */
  static async open(database: KnowledgeDatabase, o: { readonly directory: string | undefined; readonly log: Logger }): Promise<Knowledge> {
    if (o.directory !== undefined) return new Knowledge(database, await createLocalEmbedder({ directory: o.directory }));
    o.log.warn('EMBEDDINGS_DIR is not set: knowledge is found by its words alone');
    return new Knowledge(database, WITHOUT_MODEL);
  }
}

const WITHOUT_MODEL: Embedder = {
  id: 'none',
  dimensions: 0,
  embed: () => Promise.reject(new EmbeddingError('embedding.no-model', 'There is no embedding model.')),
  close: () => Promise.resolve(),
};
