import { createHash } from 'node:crypto';
import { LIMITS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import type { FileRefusal } from './refusal.js';

export type FileState = 'wanted' | 'here' | 'refused';

/** A hosted file without its bytes. */
export interface HostedFile {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly state: FileState;
  /** Why it is not to be had; only when refused. */
  readonly reason: string | null;
  readonly name: string;
  /** Found in its bytes when it is here, else a guess. */
  readonly contentType: string;
  /** Where it is to be fetched from; only until it is here. */
  readonly sourceUrl: string | null;
  /** Bytes; 0 until it is here. */
  readonly size: number;
  readonly expiresAt: Date;
}

export interface WantedFile {
  readonly id: string;
  readonly conversationId: string;
  readonly botId: string;
  readonly name: string;
  readonly contentType: string;
  readonly sourceUrl: string;
  readonly createdAt: Date;
  readonly expiresAt: Date;
}

export interface FileContent {
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

const COLUMNS = `id, conversation_id AS "conversationId", bot_id AS "botId", state, reason, name, content_type AS "contentType",
  source_url AS "sourceUrl", size, expires_at AS "expiresAt"`;

/** Hosted files in Postgres. */
export class FilesStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Notes that a file is to be fetched. One that is noted already stays, only longer; one that was refused is wanted again. */
  async want(manager: EntityManager, file: WantedFile): Promise<HostedFile> {
    const { id, conversationId, botId, name, contentType, sourceUrl, createdAt, expiresAt } = file;
    const rows = await manager.query<HostedFile[]>(
      `INSERT INTO hosted_files AS f (id, conversation_id, bot_id, state, name, content_type, source_url, created_at, expires_at)
       VALUES ($1, $2, $3, 'wanted', $4, $5, $6, $7, $8)
       ON CONFLICT (id) DO UPDATE SET
         expires_at = greatest(f.expires_at, excluded.expires_at),
         state = CASE WHEN f.state = 'here' THEN f.state ELSE 'wanted' END,
         source_url = CASE WHEN f.state = 'here' THEN NULL ELSE excluded.source_url END,
         reason = NULL
       RETURNING ${COLUMNS}`,
      [id, conversationId, botId, name, contentType, sourceUrl, createdAt, expiresAt],
    );
    return rows[0] as HostedFile;
  }

  /** Keeps a file that came with its bytes. */
  async keep(file: Omit<WantedFile, 'sourceUrl'>, bytes: Buffer): Promise<void> {
    const { id, conversationId, botId, name, contentType, createdAt, expiresAt } = file;
    await this.dataSource.query(
      `INSERT INTO hosted_files (id, conversation_id, bot_id, state, name, content_type, size, sha256, content, created_at, expires_at)
       VALUES ($1, $2, $3, 'here', $4, $5, $6, $7, $8, $9, $10)`,
      [id, conversationId, botId, name, contentType, bytes.length, sha256(bytes), bytes, createdAt, expiresAt],
    );
  }

  /** A wanted file came; one that is not wanted any more is left as it is. */
  async fill(id: string, { name, contentType, bytes }: FileContent): Promise<void> {
    await this.dataSource.query(
      `UPDATE hosted_files SET state = 'here', reason = NULL, source_url = NULL, name = $2, content_type = $3, size = $4, sha256 = $5, content = $6
       WHERE id = $1 AND state = 'wanted'`,
      [id, name, contentType, bytes.length, sha256(bytes), bytes],
    );
  }

  /** Returns the file when it was wanted until now. */
  async refuse(manager: EntityManager, id: string, reason: FileRefusal): Promise<HostedFile | undefined> {
    const [rows] = await manager.query<[HostedFile[], number]>(
      `UPDATE hosted_files SET state = 'refused', reason = $2 WHERE id = $1 AND state = 'wanted' RETURNING ${COLUMNS}`,
      [id, reason],
    );
    return rows[0];
  }

  async find(id: string): Promise<HostedFile | undefined> {
    const rows = await this.dataSource.query<HostedFile[]>(`SELECT ${COLUMNS} FROM hosted_files WHERE id = $1`, [id]);
    return rows[0];
  }

  /** Some bytes of a file that is here; undefined when it was deleted meanwhile. */
  async piece(id: string, from: number, length: number): Promise<Buffer | undefined> {
    const rows = await this.dataSource.query<{ piece: Buffer }[]>(
      `SELECT substring(content FROM $2 FOR $3) AS piece FROM hosted_files WHERE id = $1 AND state = 'here'`,
      [id, from + 1, length],
    );
    return rows[0]?.piece;
  }

  /** Bytes of a conversation. */
  async bytesOf(conversationId: string): Promise<number> {
    const rows = await this.dataSource.query<{ bytes: string }[]>(
      `SELECT coalesce(sum(size), 0) AS bytes FROM hosted_files WHERE conversation_id = $1`,
      [conversationId],
    );
    return Number(rows[0]?.bytes);
  }

  /** Bytes of all files together. */
  async allBytes(): Promise<number> {
    const rows = await this.dataSource.query<{ bytes: string }[]>(`SELECT coalesce(sum(size), 0) AS bytes FROM hosted_files`);
    return Number(rows[0]?.bytes);
  }

  /** Deletes files past their time, at most `limit`; returns how many. What another replica is at is left to it. */
  async deleteExpired(now: Date, limit: number): Promise<number> {
    const [, count] = await this.dataSource.query<[unknown[], number]>(
      `DELETE FROM hosted_files WHERE id IN (
         SELECT id FROM hosted_files WHERE ${LIMITS.dispatcher.files.past} ORDER BY expires_at LIMIT $2 FOR UPDATE SKIP LOCKED
       )`,
      [now, limit],
    );
    return count;
  }
}

const sha256 = (bytes: Buffer): Buffer => createHash('sha256').update(bytes).digest();
