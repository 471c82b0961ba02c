import type { BotSettings, CrispPluginSettings, KillSwitch, WorkspaceSettings } from '@baton/contracts';
import type { Author } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';

/** What can be set: each kind with the form of its documents, secrets sealed. */
export interface Bodies {
  readonly bot: BotSettings;
  readonly workspace: WorkspaceSettings;
  readonly 'crisp-plugin': CrispPluginSettings;
  readonly 'kill-switch': KillSwitch;
}
export type Kind = keyof Bodies;

/** Plugins serve every workspace and so belong to none. */
export const NO_WORKSPACE = '';

export interface Document<K extends Kind = Kind> {
  readonly kind: K;
  readonly id: string;
  readonly workspaceId: string;
  readonly version: number;
  /** Null once it was taken away. */
  readonly body: Bodies[K] | null;
  readonly changedAt: Date;
  readonly changedBy: Author;
}

/** Why a document has a new version, as its history says it. */
export type Cause = 'created' | 'changed' | 'deleted' | 'rolled-back' | 'applied' | 'connected' | 'disconnected' | 'secret-rotated';

export interface Change<K extends Kind> {
  readonly workspaceId: string;
  readonly body: Bodies[K] | null;
  readonly cause: Cause;
}

const COLUMNS = `kind, id, workspace_id AS "workspaceId", version, body, changed_at AS "changedAt", changed_by AS "changedBy"`;

/** The documents and their versions. Every change is a new version; none is ever overwritten. */
export class Documents {
  constructor(private readonly dataSource: DataSource) {}

  /** All that hold now. */
  all(): Promise<Document[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM documents WHERE body IS NOT NULL ORDER BY kind, id`);
  }

  /** Those of a workspace that hold now, by id. */
  ofWorkspace<K extends Kind>(kind: K, workspaceId: string): Promise<(Document<K> & { readonly body: Bodies[K] })[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM documents WHERE kind = $1 AND workspace_id = $2 AND body IS NOT NULL ORDER BY id`,
      [kind, workspaceId],
    );
  }

  /** Also one that was taken away; undefined where there never was one. */
  async find<K extends Kind>(kind: K, id: string): Promise<Document<K> | undefined> {
    const [found]: Document<K>[] = await this.dataSource.query(`SELECT ${COLUMNS} FROM documents WHERE kind = $1 AND id = $2`, [kind, id]);
    return found;
  }

  /**
   * Decides on what is there under its lock, and writes a new version of what was decided; `undefined` leaves it as it is.
   * What `decide` does with the manager is part of the same transaction.
   */
  change<K extends Kind>(
    { kind, id, by, at }: { readonly kind: K; readonly id: string; readonly by: Author; readonly at: Date },
    decide: (before: Document<K> | undefined, manager: EntityManager) => Change<K> | undefined | Promise<Change<K> | undefined>,
  ): Promise<Document<K> | undefined> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`document:${kind}:${id}`]);
      const [before]: Document<K>[] = await manager.query(`SELECT ${COLUMNS} FROM documents WHERE kind = $1 AND id = $2`, [kind, id]);
      const decided = await decide(before, manager);
      if (!decided) return before;
      const { workspaceId, body, cause } = decided;
      const version = (before?.version ?? 0) + 1;
      const row = [kind, id, version, workspaceId, body === null ? null : JSON.stringify(body), at, JSON.stringify(by)];
      await manager.query(WRITE, row);
      await manager.query(WRITE_VERSION, [...row, cause]);
      return { kind, id, workspaceId, version, body, changedAt: at, changedBy: by };
    });
  }
}

const WRITE = `
  INSERT INTO documents (kind, id, version, workspace_id, body, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, workspace_id = excluded.workspace_id, body = excluded.body,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
const WRITE_VERSION = `
  INSERT INTO document_versions (kind, id, version, workspace_id, body, changed_at, changed_by, cause) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`;
