import { randomBytes, randomUUID } from 'node:crypto';
import {
  createEmbedder,
  embeddedText,
  openKnowledge,
  Retriever,
  type Embedder,
  type KnowledgeScope,
  type KnowledgeStore,
  type NewChunk,
} from '@baton/knowledge';
import type { LocalServices } from '@baton/testing';

/** A knowledge base of its own in the knowledge database, with the embedder that services have by default. */
export interface Workshop {
  readonly scope: KnowledgeScope;
  readonly store: KnowledgeStore;
  readonly embedder: Embedder;
  readonly retriever: Retriever;
  takeIn(title: string, chunks: readonly NewChunk[]): Promise<void>;
  /** Takes it all away again. */
  close(): Promise<void>;
}

/** Passages embedded at once, between two lines of progress. */
const BATCH = 64;

export async function openWorkshop(local: LocalServices, say: (line: string) => void): Promise<Workshop> {
  const schema = `bench_${randomBytes(5).toString('hex')}`;
  const { EMBEDDINGS_URL, EMBEDDINGS_MODEL, EMBEDDINGS_KEY } = process.env;
  const embedder = await createEmbedder(
    EMBEDDINGS_URL ? { EMBEDDINGS_URL, EMBEDDINGS_MODEL, EMBEDDINGS_KEY } : { EMBEDDINGS_DIR: local.modelDirectory },
  );
  const store = await openKnowledge({ url: local.knowledgeUrl, schema, applicationName: 'baton-bench' });
  const scope = { workspaceId: 'bench', botId: 'bench' };
  return {
    scope,
    store,
    embedder,
    retriever: new Retriever({ dataSource: store.dataSource, embedder }),
    async takeIn(title, chunks) {
      const sourceId = randomUUID();
      await store.putSource(scope, { sourceId, title });
      const vectors: Float32Array[] = [];
      for (let start = 0; start < chunks.length; start += BATCH) {
        vectors.push(...(await embedder.embed(chunks.slice(start, start + BATCH).map(embeddedText), 'passage')));
        if (chunks.length > BATCH) say(`${title}: ${vectors.length} of ${chunks.length} passages embedded`);
      }
      await store.replaceChunks(scope, sourceId, chunks, { model: embedder, of: vectors });
      if (chunks.length > BATCH) say(`${title}: ${chunks.length} passages stored`);
    },
    async close() {
      await store.dataSource.query(`DROP SCHEMA "${schema}" CASCADE`);
      await store.dataSource.destroy();
      await embedder.close();
    },
  };
}
