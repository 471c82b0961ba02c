import type { KnowledgeScope } from '@baton/knowledge';
import type { DataSource, EntityManager } from 'typeorm';
import type { Place } from '../http/place.js';
import type { Source, SourceKind, WebOptions } from './source.js';

export const SOURCE_COLUMNS = `id, workspace_id AS "workspaceId", bot_id AS "botId", kind, title, url, file_name AS "fileName", bytes, web, enabled, state,
  progress, problems, problem_count AS "problemCount", version, content_hash AS "contentHash", every_hours AS "everyHours", due_at AS "dueAt",
  created_at AS "createdAt", updated_at AS "updatedAt", taken_in_at AS "takenInAt"`;

/** Bots as two columns, for `unnest`. */
export function columnsOf(bots: readonly KnowledgeScope[]): [workspaces: string[], bots: string[]] {
  return [bots.map(({ workspaceId }) => workspaceId), bots.map(({ botId }) => botId)];
}

export interface NewSource {
  readonly id: string;
  readonly kind: SourceKind;
  readonly title: string;
  readonly url: string | null;
  readonly fileName: string | null;
  readonly content: Buffer | null;
  readonly web: WebOptions | null;
  readonly enabled: boolean;
  readonly everyHours: number | null;
  /** Chosen by the caller, so that a repeated request makes no second source. */
  readonly key: string | null;
  /** SHA-256 of the request, hex. */
  readonly requestHash: string;
}

/** What may be changed; what is absent stays. */
export type SourceChange = Partial<Pick<NewSource, 'title' | 'url' | 'fileName' | 'content' | 'web' | 'enabled' | 'everyHours'>>;

const COLUMN_OF = {
  title: 'title',
  url: 'url',
  fileName: 'file_name',
  content: 'content',
  web: 'web',
  enabled: 'enabled',
  everyHours: 'every_hours',
} as const satisfies Record<keyof SourceChange, string>;

/** Ends a run that is under way, and asks for another. */
const ANEW = `state = 'queued', run = run + 1, tries = 0, due_at = now(), lease_by = NULL, lease_until = NULL`;

/** Sources in Postgres; every statement names whose they are. */
export class SourcesStore {
  constructor(readonly dataSource: DataSource) {}

  async list({ workspaceId, botId }: KnowledgeScope): Promise<Source[]> {
    return this.dataSource.query(
      `SELECT ${SOURCE_COLUMNS} FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND deleted_at IS NULL ORDER BY created_at, id`,
      [workspaceId, botId],
    );
  }

  /** A page of them, newest first. */
  async page(
    { workspaceId, botId }: KnowledgeScope,
    { limit, before }: { readonly limit: number; readonly before?: Place },
  ): Promise<Source[]> {
    return this.dataSource.query(
      `SELECT ${SOURCE_COLUMNS} FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND deleted_at IS NULL
         AND ($3::timestamptz IS NULL OR (created_at, id) < ($3, $4::uuid))
       ORDER BY created_at DESC, id DESC LIMIT $5`,
      [workspaceId, botId, before?.at ?? null, before?.id ?? null, limit],
    );
  }

  /** What a source holds; undefined for pages. */
  async contentOf({ workspaceId, botId }: KnowledgeScope, id: string): Promise<Buffer | undefined> {
    const [row] = await this.dataSource.query<{ content: Buffer | null }[]>(
      'SELECT content FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND id = $3 AND deleted_at IS NULL',
      [workspaceId, botId, id],
    );
    return row?.content ?? undefined;
  }

  async find({ workspaceId, botId }: KnowledgeScope, id: string): Promise<Source | undefined> {
    const [source] = await this.dataSource.query<Source[]>(
      `SELECT ${SOURCE_COLUMNS} FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND id = $3 AND deleted_at IS NULL`,
      [workspaceId, botId, id],
    );
    return source;
  }

  async findByKey({ workspaceId, botId }: KnowledgeScope, key: string): Promise<(Source & { readonly requestHash: string }) | undefined> {
    const [source] = await this.dataSource.query<(Source & { requestHash: string })[]>(
      `SELECT ${SOURCE_COLUMNS}, request_hash AS "requestHash" FROM sources
       WHERE workspace_id = $1 AND bot_id = $2 AND client_key = $3 AND deleted_at IS NULL`,
      [workspaceId, botId, key],
    );
    return source;
  }

  /** Holds a source until the end of the transaction: its switch here and in the knowledge are changed together. */
  async lock(manager: EntityManager, { workspaceId, botId }: KnowledgeScope, id: string): Promise<Source | undefined> {
    const [source] = await manager.query<Source[]>(
      `SELECT ${SOURCE_COLUMNS} FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND id = $3 AND deleted_at IS NULL FOR UPDATE`,
      [workspaceId, botId, id],
    );
    return source;
  }

  /** How many sources a bot has and how much lies here of them; nobody else of this bot counts until the transaction ends. */
  async usage(
    manager: EntityManager,
    { workspaceId, botId }: KnowledgeScope,
  ): Promise<{ readonly sources: number; readonly bytes: number }> {
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`baton:sources:${workspaceId}:${botId}`]);
    const [row] = await manager.query<{ sources: string; bytes: string }[]>(
      `SELECT count(*) AS sources, coalesce(sum(bytes), 0) AS bytes FROM sources WHERE workspace_id = $1 AND bot_id = $2 AND deleted_at IS NULL`,
      [workspaceId, botId],
    );
    return { sources: Number(row!.sources), bytes: Number(row!.bytes) };
  }

  /** Undefined when there is one with this key already. */
  async create(manager: EntityManager, { workspaceId, botId }: KnowledgeScope, source: NewSource, now: Date): Promise<Source | undefined> {
    const { id, kind, title, url, fileName, content, web, enabled, everyHours, key, requestHash } = source;
    const [created] = await manager.query<Source[]>(
      `INSERT INTO sources (id, workspace_id, bot_id, kind, title, url, file_name, content, bytes, web, enabled, every_hours, client_key,
         request_hash, state, progress, due_at, created_at, updated_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, 'queued', '{"pagesDone":0,"pagesTotal":0,"chunks":0}', $15, $15, $15)
       ON CONFLICT (workspace_id, bot_id, client_key) WHERE client_key IS NOT NULL DO NOTHING
       RETURNING ${SOURCE_COLUMNS}`,
      [id, workspaceId, botId, kind, title, url, fileName, content, content?.length ?? 0, web, enabled, everyHours, key, requestHash, now],
    );
    return created;
  }

  /** Changes a source; with other content it is taken in anew, and a run that is under way with the old one ends. */
  async change(manager: EntityManager, id: string, change: SourceChange, now: Date, isAnew: boolean): Promise<Source> {
    const fields = Object.entries(change) as [keyof SourceChange, unknown][];
    const set = fields.map(([field], at) => `${COLUMN_OF[field]} = $${at + 3}`);
    if (change.content) set.push(`bytes = ${change.content.length}`);
    if (isAnew) set.push(ANEW);
    const [rows] = await manager.query<[Source[], number]>(
      `UPDATE sources SET ${[...set, 'updated_at = $2'].join(', ')} WHERE id = $1 RETURNING ${SOURCE_COLUMNS}`,
      [id, now, ...fields.map(([, value]) => value)],
    );
    return rows[0]!;
  }

  /** To be taken in again, as soon as it is its turn; one that is being taken in begins anew. */
  async refresh({ workspaceId, botId }: KnowledgeScope, id: string, now: Date): Promise<Source | undefined> {
    const [rows] = await this.dataSource.query<[Source[], number]>(
      `UPDATE sources SET ${ANEW}, updated_at = $4 WHERE workspace_id = $1 AND bot_id = $2 AND id = $3 AND deleted_at IS NULL RETURNING ${SOURCE_COLUMNS}`,
      [workspaceId, botId, id, now],
    );
    return rows[0];
  }

  /** From now on nobody sees it, and its run ends; what is left of it is taken away afterwards. */
  async markDeleted(manager: EntityManager, id: string, now: Date): Promise<void> {
    await manager.query(
      `UPDATE sources SET deleted_at = $2, run = run + 1, due_at = NULL, client_key = NULL, lease_by = NULL, lease_until = NULL WHERE id = $1`,
      [id, now],
    );
  }

  /** Those of a workspace that could not be taken in, or not whole, the newest first. */
  troubled(workspaceId: string): Promise<{ readonly botId: string; readonly title: string; readonly state: 'failed' | 'partial' }[]> {
    return this.dataSource.query(
      `SELECT bot_id AS "botId", title, state FROM sources
       WHERE workspace_id = $1 AND enabled AND deleted_at IS NULL AND state IN ('failed', 'partial') ORDER BY updated_at DESC LIMIT 100`,
      [workspaceId],
    );
  }

  async deleted(limit: number): Promise<(KnowledgeScope & { readonly id: string })[]> {
    return this.dataSource.query(
      `SELECT id, workspace_id AS "workspaceId", bot_id AS "botId" FROM sources WHERE deleted_at IS NOT NULL ORDER BY deleted_at LIMIT $1`,
      [limit],
    );
  }

  async erase(id: string): Promise<void> {
    await this.dataSource.query('DELETE FROM sources WHERE id = $1 AND deleted_at IS NOT NULL', [id]);
  }
}
