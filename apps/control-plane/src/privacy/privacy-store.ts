import type { DataSource, EntityManager } from 'typeorm';
import type { KeptRequest } from './privacy-request.js';

const COLUMNS = `request_id AS "requestId", workspace_id AS "workspaceId", kind, author, subjects, at_crisp AS "atCrisp", steps, crisp,
  created_at AS "createdAt", ended_at AS "endedAt", result_until AS "resultUntil"`;
const SHOWN = 50;

export interface ToSave {
  /** When the next step is due; null after the last one. */
  readonly nextAt: Date | null;
  readonly part?: Record<string, unknown>;
}

/** The requests in Postgres; what is still to be done has a time at which it is due. */
export class PrivacyStore {
  constructor(readonly dataSource: DataSource) {}

  async add(request: KeptRequest, manager: EntityManager): Promise<void> {
    const { requestId, workspaceId, kind, author, subjects, atCrisp, steps, createdAt } = request;
    await manager.query(
      `INSERT INTO privacy_requests (request_id, workspace_id, kind, author, subjects, at_crisp, steps, created_at, next_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $8)`,
      [requestId, workspaceId, kind, JSON.stringify(author), JSON.stringify(subjects), atCrisp, JSON.stringify(steps), createdAt],
    );
  }

  list(workspaceId: string): Promise<KeptRequest[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM privacy_requests WHERE workspace_id = $1 ORDER BY created_at DESC, request_id LIMIT ${SHOWN}`,
      [workspaceId],
    );
  }

  async find(workspaceId: string, requestId: string): Promise<KeptRequest | undefined> {
    const [found]: KeptRequest[] = await this.dataSource.query(
      `SELECT ${COLUMNS} FROM privacy_requests WHERE workspace_id = $1 AND request_id = $2`,
      [workspaceId, requestId],
    );
    return found;
  }

  async result(workspaceId: string, requestId: string, now: Date): Promise<Record<string, unknown> | undefined> {
    const [found]: { result: Record<string, unknown> }[] = await this.dataSource.query(
      'SELECT result FROM privacy_requests WHERE workspace_id = $1 AND request_id = $2 AND result IS NOT NULL AND result_until > $3 AND ended_at IS NOT NULL',
      [workspaceId, requestId, now],
    );
    return found?.result;
  }

  /** Takes one that is due, for this replica alone until `until`: who dies with it has it taken over by another then. */
  async take(now: Date, until: Date): Promise<KeptRequest | undefined> {
    const [[taken]]: [KeptRequest[], number] = await this.dataSource.query(
      `UPDATE privacy_requests SET next_at = $2 WHERE request_id = (
         SELECT request_id FROM privacy_requests WHERE next_at <= $1 ORDER BY next_at LIMIT 1 FOR UPDATE SKIP LOCKED) RETURNING ${COLUMNS}`,
      [now, until],
    );
    return taken;
  }

  /** @returns false when another replica has taken it since `from` was over */
  async renew(requestId: string, { from, until }: { readonly from: Date; readonly until: Date }): Promise<boolean> {
    const [, renewed]: [unknown, number] = await this.dataSource.query(
      'UPDATE privacy_requests SET next_at = $3 WHERE request_id = $1 AND next_at = $2',
      [requestId, from, until],
    );
    return renewed === 1;
  }

  /**
   * @param o.lease until when it was taken
   * @param o.part of the result, beside those that are there already
   * @returns false when another replica has taken it since: then nothing is saved
   */
  async save(request: KeptRequest, o: ToSave & { readonly lease: Date }): Promise<boolean> {
    const { requestId, subjects, steps, crisp, endedAt, resultUntil } = request;
    const [, saved]: [unknown, number] = await this.dataSource.query(
      `UPDATE privacy_requests SET subjects = $2, steps = $3, crisp = $4, ended_at = $5, next_at = $6, result_until = $7,
         result = CASE WHEN $8::jsonb IS NULL THEN result ELSE coalesce(result, '{}') || $8::jsonb END
       WHERE request_id = $1 AND next_at = $9`,
      [
        ...[requestId, JSON.stringify(subjects), JSON.stringify(steps), JSON.stringify(crisp), endedAt, o.nextAt, resultUntil],
        o.part === undefined ? null : JSON.stringify(o.part),
        o.lease,
      ],
    );
    return saved === 1;
  }

  /** Removes results whose time is over. */
  async forgetResults(now: Date): Promise<void> {
    await this.dataSource.query('UPDATE privacy_requests SET result = NULL, result_until = NULL WHERE result_until <= $1', [now]);
  }
}
