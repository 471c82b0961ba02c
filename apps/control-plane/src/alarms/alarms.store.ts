import { newId } from '@baton/contracts';
import type { Author } from '@baton/control-api';
import { LIMITS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import { nameOf } from './hysteresis.js';
import type { Steps, Tracked } from './hysteresis.js';

export interface AlarmRow {
  readonly id: string;
  readonly code: string;
  readonly workspaceId: string | null;
  readonly about: string;
  readonly facts: Readonly<Record<string, string | number>>;
  readonly state: 'open' | 'closed';
  readonly since: Date;
  readonly closedAt: Date | null;
  readonly mutedUntil: Date | null;
  readonly acknowledgedAt: Date | null;
  readonly acknowledgedBy: Author | null;
}

/** Whose alarms are asked for: a workspace's, and where he may see them those of the whole installation. */
export interface AlarmViewer {
  readonly workspaceId: string;
  readonly seesInstallation: boolean;
}

const COLUMNS = `id, code, workspace_id AS "workspaceId", about, facts, state, since, closed_at AS "closedAt", muted_until AS "mutedUntil",
  acknowledged_at AS "acknowledgedAt", acknowledged_by AS "acknowledgedBy"`;
/** Of whom $1 and $2 say that he may see them. */
const VISIBLE = '(workspace_id = $1 OR ($2 AND workspace_id IS NULL))';

/** The alarms, those of now and their history. */
export class AlarmsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** What is kept between two looks. */
  async tracked(manager: Pick<EntityManager, 'query'> = this.dataSource): Promise<Tracked[]> {
    const rows: (Omit<Tracked, 'since' | 'wellSince'> & { since: Date; wellSince: Date | null })[] = await manager.query(
      `SELECT code, workspace_id AS "workspaceId", about, facts, state, since, well_since AS "wellSince" FROM alarms WHERE state <> 'closed'`,
    );
    return rows.map((row) => ({ ...row, since: row.since.getTime(), wellSince: row.wellSince?.getTime() ?? null }));
  }

  /** Writes what a look came to. @param now ms */
  async write({ tracked, closed }: Steps, now: number): Promise<void> {
    await this.dataSource.transaction(async (manager) => {
      const kept = tracked.map(nameOf);
      await manager.query(`UPDATE alarms SET state = 'closed', closed_at = $2 WHERE state = 'open' AND name = ANY($1::text[])`, [
        closed.map(nameOf),
        new Date(now),
      ]);
      await manager.query(`DELETE FROM alarms WHERE state = 'pending' AND name <> ALL($1::text[])`, [kept]);
      for (const one of tracked) {
        await manager.query(UPSERT, [
          ...[newId(), nameOf(one), one.code, one.workspaceId, one.about, JSON.stringify(one.facts), one.state, new Date(one.since)],
          ...[one.wellSince === null ? null : new Date(one.wellSince), new Date(now)],
        ]);
      }
    });
  }

  /** Those that are open, or those that are over, newest first. */
  list(
    { workspaceId, seesInstallation }: AlarmViewer,
    o: {
      readonly state: 'open' | 'closed';
      readonly limit: number;
      readonly before?: { readonly at: Date; readonly id: string } | undefined;
    },
  ): Promise<AlarmRow[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM alarms WHERE ${VISIBLE} AND state = $3 AND ($4::timestamptz IS NULL OR (since, id) < ($4, $5::uuid))
       ORDER BY since DESC, id DESC LIMIT $6`,
      [workspaceId, seesInstallation, o.state, o.before?.at ?? null, o.before?.id ?? null, o.limit],
    );
  }

  /** All that are open. */
  open(): Promise<AlarmRow[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM alarms WHERE state = 'open'`);
  }

  /** @param then what is written with it, in the same transaction */
  mute({ workspaceId, seesInstallation }: AlarmViewer, id: string, until: Date | null, then: (manager: EntityManager) => Promise<void>) {
    return this.change(`muted_until = $4`, [workspaceId, seesInstallation, id, until], then);
  }

  /** Once; who came first stays. */
  acknowledge(
    { workspaceId, seesInstallation }: AlarmViewer,
    id: string,
    o: { readonly by: Author; readonly at: Date },
    then: (manager: EntityManager) => Promise<void>,
  ) {
    return this.change(
      `acknowledged_by = coalesce(acknowledged_by, $4::jsonb), acknowledged_at = coalesce(acknowledged_at, $5::timestamptz)`,
      [workspaceId, seesInstallation, id, JSON.stringify(o.by), o.at],
      then,
    );
  }

  async prune(before: Date): Promise<void> {
    await this.dataSource.query(`DELETE FROM alarms WHERE ${LIMITS.control_plane.alarms.past}`, [before]);
  }

  private change(set: string, values: readonly unknown[], then: (manager: EntityManager) => Promise<void>): Promise<AlarmRow | undefined> {
    return this.dataSource.transaction(async (manager) => {
      const [rows]: [AlarmRow[], number] = await manager.query(
        `UPDATE alarms SET ${set} WHERE ${VISIBLE} AND state = 'open' AND id = $3 RETURNING ${COLUMNS}`,
        [...values],
      );
      if (rows[0]) await then(manager);
      return rows[0];
    });
  }
}

/** Who muted it before it was over meant this one, too. */
const UPSERT = `INSERT INTO alarms (id, name, code, workspace_id, about, facts, state, since, well_since, muted_until)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, (SELECT muted_until FROM alarms WHERE name = $2 AND muted_until > $10 ORDER BY muted_until DESC LIMIT 1))
  ON CONFLICT (name) WHERE state <> 'closed' DO UPDATE SET facts = excluded.facts, state = excluded.state, well_since = excluded.well_since
  WHERE (alarms.facts, alarms.state, alarms.well_since) IS DISTINCT FROM (excluded.facts, excluded.state, excluded.well_since)`;
