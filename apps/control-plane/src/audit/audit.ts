import { newId } from '@baton/contracts';
import type { AuditEntry, AuditQuery, AuditTarget, Author } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';
import type { z } from 'zod';
import { withMarks } from '../documents/secrets.js';
import { placeOf, readPlace } from './place.js';

type Json = z.core.util.JSONType;

/** One thing that somebody did, as it is noted. */
export interface AuditNote {
  /** Empty for what belongs to no workspace. */
  readonly workspaceId: string;
  readonly by: Author;
  /** What it was done to, and what: `member.invited`. */
  readonly action: `${string}.${string}`;
  readonly target: AuditTarget;
  /** More about it: never a secret, never what people said. */
  readonly details?: Readonly<Record<string, Json | undefined>>;
  /** The network address it came from. */
  readonly address?: string | undefined;
  /** Default now. */
  readonly at?: Date;
}

const COLUMNS = `entry_id AS "entryId", at, nullif(workspace_id, '') AS "workspaceId", author, action, target, details, address`;

/** The audit log: who did what. What is done and its note are written in one transaction, both or neither. */
export class Audit {
  constructor(private readonly dataSource: DataSource) {}

  /** @param manager of the transaction in which it is done; without it the note stands alone */
  async note(note: AuditNote, manager: EntityManager = this.dataSource.manager): Promise<void> {
    await manager.query(
      'INSERT INTO audit (entry_id, at, workspace_id, author, action, target, details, address) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)',
      [
        newId(),
        note.at ?? new Date(),
        note.workspaceId,
        JSON.stringify(note.by),
        note.action,
        JSON.stringify(note.target),
        JSON.stringify(withMarks(note.details ?? {})),
        note.address ?? null,
      ],
    );
  }

  /** Newest first. @param workspaceId undefined for the whole installation @throws ApiRefusal where `before` is no place of the log */
  async list(workspaceId: string | undefined, query: z.output<typeof AuditQuery>): Promise<{ items: AuditEntry[]; next: string | null }> {
    const place = query.before === undefined ? undefined : readPlace(query.before);
    const [targetKind, targetId] = split(query.target, ':');
    const [subject] = split(query.action, '.');
    const rows: (Omit<AuditEntry, 'at'> & { at: Date })[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM audit
       WHERE ($1::text IS NULL OR workspace_id = $1)
         AND ($2::timestamptz IS NULL OR (at, entry_id) < ($2, $3::uuid))
         AND ($4::text IS NULL OR target->>'kind' = $4) AND ($5::text IS NULL OR target->>'id' = $5)
         AND ($6::text IS NULL OR author->>'id' = $6 OR author->>'kind' = $6)
         AND ($7::text IS NULL OR action = $7 OR ($8::text IS NULL AND split_part(action, '.', 1) = $7))
         AND ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10)
       ORDER BY at DESC, entry_id DESC LIMIT $11`,
      [
        workspaceId ?? null,
        place?.at ?? null,
        place?.entryId ?? null,
        targetKind ?? null,
        targetId ?? null,
        query.author ?? null,
        query.action ?? null,
        subject === query.action ? null : (subject ?? null),
        query.from ?? null,
        query.until ?? null,
        query.limit + 1,
      ],
    );
    const items = rows.slice(0, query.limit).map((row) => ({ ...row, at: row.at.toISOString() }));
    const last = items.at(-1);
    return { items, next: rows.length > query.limit && last ? placeOf(last) : null };
  }

  /** Forgets what is older. @returns how many entries */
  async forget(before: Date): Promise<number> {
    const [, gone]: [unknown, number] = await this.dataSource.query('DELETE FROM audit WHERE at < $1', [before]);
    return gone;
  }
}

/** The part before the first of these signs, and the one after it; undefined where there is none. */
function split(text: string | undefined, sign: string): [string | undefined, string | undefined] {
  if (text === undefined) return [undefined, undefined];
  const at = text.indexOf(sign);
  return at < 0 ? [text, undefined] : [text.slice(0, at), text.slice(at + 1)];
}
