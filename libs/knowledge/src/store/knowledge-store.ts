import type { DataSource, EntityManager } from 'typeorm';
import type { NewChunk } from '../chunks/chunk.js';
import type { KnowledgeScope } from '../scope.js';
import { writeEdition } from './edition-writer.js';
import { LIVE_EDITIONS } from './live-editions.js';
import { toPgVector } from './pg-vector.js';
import {
  KnowledgeError,
  type ChunkVectors,
  type Replaced,
  type SourceToPut,
  type StoredChunk,
  type StoredSource,
  type UsedChunk,
} from './source.js';
import { sweepLeftovers } from './sweep.js';

interface SourceRow {
  readonly no: number;
  readonly scope: number;
  readonly version: number;
}

interface KnownChunk {
  readonly no: number;
  readonly hash: string;
  readonly position: number;
  readonly embedded: boolean;
}

/**
 * Sources, chunks and their indexes in Postgres, on a data source of the schema `knowledge`. A pool of one connection is enough: no
 * statement needs a second one, and a large source is written in small steps between which searches go on.
 */
export class KnowledgeStore {
  constructor(readonly dataSource: DataSource) {}

  /** Makes a source known, or changes its title, address or switch; its chunks stay. */
  async putSource(scope: KnowledgeScope, source: SourceToPut): Promise<void> {
    await this.dataSource.query('INSERT INTO scopes (workspace_id, bot_id) VALUES ($1, $2) ON CONFLICT (workspace_id, bot_id) DO NOTHING', [
      scope.workspaceId,
      scope.botId,
    ]);
    await this.dataSource.query(
      `INSERT INTO sources (scope, id, title, url, enabled)
       SELECT no, $3, $4, $5, $6 FROM scopes WHERE workspace_id = $1 AND bot_id = $2
       ON CONFLICT (scope, id) DO UPDATE SET title = excluded.title, url = excluded.url, enabled = excluded.enabled`,
      [scope.workspaceId, scope.botId, source.sourceId, source.title, source.url ?? null, source.enabled ?? true],
    );
  }

  /** True when there is such a source. The very next search obeys it. */
  async setEnabled(scope: KnowledgeScope, sourceId: string, enabled: boolean): Promise<boolean> {
    const [, changed] = await this.dataSource.query<[unknown, number]>(
      `UPDATE sources SET enabled = $4 FROM scopes
       WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2 AND sources.scope = scopes.no AND sources.id = $3`,
      [scope.workspaceId, scope.botId, sourceId, enabled],
    );
    return changed > 0;
  }

  /** True when there was one. No search finds it from the first statement on; what hung on it is cleared before this resolves. */
  async removeSource(scope: KnowledgeScope, sourceId: string): Promise<boolean> {
    const [, removed] = await this.dataSource.query<[unknown, number]>(
      `DELETE FROM sources USING scopes
       WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2 AND sources.scope = scopes.no AND sources.id = $3`,
      [scope.workspaceId, scope.botId, sourceId],
    );
    if (removed > 0) await this.sweep(scope);
    return removed > 0;
  }

  /** Clears what removed sources, replaced chunks and takings-in that never ended left behind; no search sees any of it. */
  async sweep(scope: KnowledgeScope): Promise<void> {
    await sweepLeftovers(this.dataSource, scope);
  }

  /** Sources in the order of their titles, with how many chunks each has and how many of those lack a vector of the model. */
  async listSources(scope: KnowledgeScope, modelId?: string): Promise<StoredSource[]> {
    const rows = await this.dataSource.query<
      { id: string; title: string; url: string | null; enabled: boolean; version: number; chunks: number; embedded: number }[]
    >(
      `SELECT sources.id, sources.title, sources.url, sources.enabled, sources.version,
         count(chunks.no)::integer AS chunks, count(vectors.chunk)::integer AS embedded
       FROM scopes
       JOIN sources ON sources.scope = scopes.no
       LEFT JOIN editions ON editions.scope = scopes.no AND editions.source = sources.no AND editions.live
       LEFT JOIN chunks ON chunks.edition = editions.no AND chunks.live
       LEFT JOIN models ON models.id = $3
       LEFT JOIN vectors ON vectors.chunk = chunks.no AND vectors.model = models.no
       WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2
       GROUP BY sources.no ORDER BY sources.title, sources.id`,
      [scope.workspaceId, scope.botId, modelId ?? null],
    );
    return rows.map((row) => ({
      sourceId: row.id,
      title: row.title,
      ...(row.url === null ? {} : { url: row.url }),
      enabled: row.enabled,
      version: row.version,
      chunks: row.chunks,
      withoutVector: row.chunks - row.embedded,
    }));
  }

  /** The chunks of a source behind a place, in their order, also while it is switched off; empty where there is no such source. */
  async listChunks(
    scope: KnowledgeScope,
    sourceId: string,
    { after = -1, limit }: { readonly after?: number; readonly limit: number },
  ): Promise<StoredChunk[]> {
    const rows = await this.dataSource.query<
      { id: string; position: number; titlePath: string[]; question: string | null; text: string; url: string | null }[]
    >(
      `SELECT chunks.id, chunks.position, chunks.title_path AS "titlePath", chunks.question, chunks.text, chunks.url
       FROM scopes
       JOIN sources ON sources.scope = scopes.no AND sources.id = $3
       JOIN editions ON editions.scope = scopes.no AND editions.source = sources.no AND editions.live
       JOIN chunks ON chunks.edition = editions.no AND chunks.live
       WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2 AND chunks.position > $4
       ORDER BY chunks.position, chunks.no LIMIT $5`,
      [scope.workspaceId, scope.botId, sourceId, after, limit],
    );
    return rows.map(({ id, position, titlePath, question, text, url }) => ({
      chunkId: id,
      position,
      titlePath,
      text,
      ...(question === null ? {} : { question }),
      ...(url === null ? {} : { url }),
    }));
  }

  /** Which of these chunks (by index) have no vector of the model yet: those to embed before {@link replaceChunks}. */
  async chunksToEmbed(scope: KnowledgeScope, sourceId: string, chunks: readonly NewChunk[], modelId: string): Promise<number[]> {
    const source = await this.source(this.dataSource.manager, scope, sourceId);
    const known = new Map((await knownChunks(this.dataSource.manager, source, modelId)).map((chunk) => [chunk.hash, chunk]));
    return chunks.flatMap((chunk, index) => (known.get(chunk.contentHash)?.embedded ? [] : [index]));
  }

  /**
   * Makes these the chunks of a source, all at one moment. Chunks whose content hash is known keep their id and their vector.
   * @throws KnowledgeError when there is no such source, or another taking-in of it came first
   */
  async replaceChunks(scope: KnowledgeScope, sourceId: string, chunks: readonly NewChunk[], vectors?: ChunkVectors): Promise<Replaced> {
    if (vectors?.of.some((vector) => vector && vector.length !== vectors.model.dimensions))
      throw new KnowledgeError('vector-dimensions', `vectors of ${vectors.model.id} must have ${vectors.model.dimensions} numbers each`);
    const before = await this.source(this.dataSource.manager, scope, sourceId);
    const model = vectors && (await this.model(vectors.model));
    const known = new Map((await knownChunks(this.dataSource.manager, before, vectors?.model.id)).map((chunk) => [chunk.hash, chunk]));

    const wanted = new Map<string, number>();
    chunks.forEach((chunk, index) => {
      if (!wanted.has(chunk.contentHash)) wanted.set(chunk.contentHash, index);
    });
    const fresh = [...wanted].filter(([hash]) => !known.has(hash)).map(([, index]) => index);
    const kept = [...wanted].flatMap(([hash, index]) => (known.has(hash) ? [{ known: known.get(hash)!, index }] : []));
    const gone = [...known.values()].filter(({ hash }) => !wanted.has(hash)).map(({ no }) => no);

    const edition = fresh.length === 0 ? undefined : await this.beginEdition(before);
    if (edition !== undefined)
      await writeEdition(
        this.dataSource,
        { scope: before.scope, edition, model },
        fresh.map((index) => ({ chunk: chunks[index]!, position: index, vector: vectors?.of[index] })),
      );
    const newVectors = kept.flatMap(({ known: { no }, index }) =>
      vectors?.of[index] ? [{ no, vector: toPgVector(vectors.of[index]) }] : [],
    );
    const moved = kept.filter(({ known: { position }, index }) => position !== index).map(({ known: { no }, index }) => ({ no, index }));

    const version = await this.dataSource.transaction(async (manager) => {
      const changed = fresh.length + gone.length > 0;
      const [rows] = await manager.query<[{ version: number }[], number]>(
        'UPDATE sources SET version = version + $3 WHERE no = $1 AND version = $2 RETURNING version',
        [before.no, before.version, changed ? 1 : 0],
      );
      const version = rows[0]?.version;
      if (version === undefined) throw new KnowledgeError('replaced-meanwhile', `source ${sourceId} was taken in by another meanwhile`);
      if (edition !== undefined) await manager.query('UPDATE editions SET live = true WHERE no = $1', [edition]);
      if (gone.length > 0) await retire(manager, gone);
      if (moved.length > 0) await move(manager, moved);
      if (newVectors.length > 0) await replaceVectors(manager, newVectors, model!);
      return version;
    });
    if (gone.length > 0) await this.sweep(scope);
    // A local database has nobody who does this by itself, and its plans are made for empty tables until then.
    if (fresh.length >= 100) await this.dataSource.query('ANALYZE postings, vectors, chunks, lexemes, editions, sources');
    return { version, added: fresh.length, kept: kept.length, removed: gone.length };
  }

  /** Of these chunks, the ids that may still be cited: their source is there, switched on, and still holds them. */
  async stillLive(scope: KnowledgeScope, used: readonly UsedChunk[]): Promise<Set<string>> {
    if (used.length === 0) return new Set();
    const rows = await this.dataSource.query<{ id: string }[]>(
      `WITH ${LIVE_EDITIONS}
       SELECT chunks.id FROM chunks
       JOIN live USING (edition)
       JOIN sources ON sources.no = live.source
       JOIN unnest($3::uuid[], $4::integer[]) AS used (id, version) ON used.id = chunks.id AND used.version <= sources.version
       WHERE chunks.live`,
      [scope.workspaceId, scope.botId, used.map(({ chunkId }) => chunkId), used.map(({ sourceVersion }) => sourceVersion)],
    );
    return new Set(rows.map(({ id }) => id));
  }

  private async source(manager: EntityManager, scope: KnowledgeScope, sourceId: string): Promise<SourceRow> {
    const [row] = await manager.query<SourceRow[]>(
      `SELECT sources.no, sources.scope, sources.version FROM sources JOIN scopes ON scopes.no = sources.scope
       WHERE scopes.workspace_id = $1 AND scopes.bot_id = $2 AND sources.id = $3`,
      [scope.workspaceId, scope.botId, sourceId],
    );
    if (!row) throw new KnowledgeError('source-unknown', `bot ${scope.botId} of ${scope.workspaceId} has no source ${sourceId}`);
    return row;
  }

  private async model({ id, dimensions }: ChunkVectors['model']): Promise<number> {
    await this.dataSource.query('INSERT INTO models (id, dimensions) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING', [id, dimensions]);
    const [row] = await this.dataSource.query<{ no: number; dimensions: number }[]>('SELECT no, dimensions FROM models WHERE id = $1', [
      id,
    ]);
    if (row!.dimensions !== dimensions)
      throw new KnowledgeError(
        'vector-dimensions',
        `${id} had ${row!.dimensions} dimensions and now has ${dimensions}: it needs another id`,
      );
    return row!.no;
  }

  private async beginEdition({ no, scope }: SourceRow): Promise<number> {
    const [row] = await this.dataSource.query<{ no: number }[]>('INSERT INTO editions (scope, source) VALUES ($1, $2) RETURNING no', [
      scope,
      no,
    ]);
    return row!.no;
  }
}

async function knownChunks(manager: EntityManager, source: SourceRow, modelId: string | undefined): Promise<KnownChunk[]> {
  return manager.query(
    `SELECT chunks.no, chunks.content_hash AS hash, chunks.position, vectors.chunk IS NOT NULL AS embedded
     FROM editions
     JOIN chunks ON chunks.edition = editions.no AND chunks.live
     LEFT JOIN models ON models.id = $3
     LEFT JOIN vectors ON vectors.chunk = chunks.no AND vectors.model = models.no
     WHERE editions.scope = $1 AND editions.source = $2 AND editions.live`,
    [source.scope, source.no, modelId ?? null],
  );
}

/** No search finds them from now on; their rows are swept afterwards. */
async function retire(manager: EntityManager, chunks: readonly number[]): Promise<void> {
  await manager.query('UPDATE chunks SET live = false WHERE no = ANY ($1::integer[])', [chunks]);
  await manager.query(
    `UPDATE edition_lengths SET chunks = edition_lengths.chunks - gone.chunks, length = edition_lengths.length - gone.length
     FROM (SELECT edition, config, count(*) AS chunks, sum(length) AS length FROM chunks WHERE no = ANY ($1::integer[]) GROUP BY 1, 2) AS gone
     WHERE edition_lengths.edition = gone.edition AND edition_lengths.config = gone.config`,
    [chunks],
  );
}

async function move(manager: EntityManager, moved: readonly { no: number; index: number }[]): Promise<void> {
  await manager.query(
    'UPDATE chunks SET position = moved.position FROM unnest($1::integer[], $2::integer[]) AS moved (no, position) WHERE chunks.no = moved.no',
    [moved.map(({ no }) => no), moved.map(({ index }) => index)],
  );
}

/** A chunk has the vector of one model: the last that was asked for. */
async function replaceVectors(manager: EntityManager, vectors: readonly { no: number; vector: string }[], model: number): Promise<void> {
  await manager.query('DELETE FROM vectors WHERE chunk = ANY ($1::integer[])', [vectors.map(({ no }) => no)]);
  await manager.query(
    `INSERT INTO vectors (chunk, model, edition, embedding)
     SELECT chunks.no, $3, chunks.edition, given.embedding::vector
     FROM unnest($1::integer[], $2::text[]) AS given (no, embedding) JOIN chunks USING (no)`,
    [vectors.map(({ no }) => no), vectors.map(({ vector }) => vector), model],
  );
}
