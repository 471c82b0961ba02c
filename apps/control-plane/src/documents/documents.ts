import { FORMER_BOTS_AT_MOST } from '@baton/contracts';
import type { BotSettings, CrispPluginSettings, KillSwitch, WorkspaceSettings } from '@baton/contracts';
import type { Author } from '@baton/control-api';
import type { DataSource, EntityManager } from 'typeorm';
import { Audit } from '../audit/audit.js';
import { ApiRefusal } from '../api/problem.js';
import { changesBetween, summaryOf } from './changes.js';

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
  /** The version that is on the topic; null while none is. */
  readonly publishedVersion: number | null;
}

/** A version of a document. */
export interface Version<K extends Kind = Kind> extends Omit<Document<K>, 'publishedVersion'> {
  readonly cause: Cause;
  /** Of a rollback: the version it went back to. */
  readonly restored: number | null;
}

/** Why a document has a new version, as its history says it. */
export type Cause =
  | 'created'
  | 'changed'
  | 'deleted'
  | 'rolled-back'
  | 'applied'
  | 'connected'
  | 'disconnected'
  | 'secret-rotated'
  | 'secret-ended'
  | 'key-created'
  | 'key-revoked'
  | 'resealed';

export interface Change<K extends Kind> {
  readonly workspaceId: string;
  readonly body: Bodies[K] | null;
  readonly cause: Cause;
  /** Of a rollback: the version it goes back to. */
  readonly restored?: number;
}

export interface ChangeOf<K extends Kind> {
  readonly kind: K;
  readonly id: string;
  readonly by: Author;
  readonly at: Date;
  /** The network address it comes from, for the audit log. */
  readonly address?: string;
}

type Decide<K extends Kind> = (
  before: Document<K> | undefined,
  manager: EntityManager,
) => Change<K> | undefined | Promise<Change<K> | undefined>;

/** Whoever publishes is told by it that there is something new. */
export const CHANGED_CHANNEL = 'baton_documents';
/** The largest document (bytes of JSON): it must fit into one record of Kafka. */
const LARGEST = 700_000;

const COLUMNS = `kind, id, workspace_id AS "workspaceId", version, body, changed_at AS "changedAt", changed_by AS "changedBy", published_version AS "publishedVersion"`;
const VERSION_COLUMNS = `kind, id, workspace_id AS "workspaceId", version, body, cause, restored, changed_at AS "changedAt", changed_by AS "changedBy"`;

/** The documents and their versions. Every change is a new version; none is ever overwritten. */
export class Documents {
  constructor(
    private readonly dataSource: DataSource,
    private readonly audit = new Audit(dataSource),
  ) {}

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

  /** The ids of bots that were taken away, by workspace, the last ones first. */
  async formerBots(): Promise<Map<string, string[]>> {
    const rows: { workspaceId: string; botIds: string[] }[] = await this.dataSource.query(
      `SELECT workspace_id AS "workspaceId", array_agg(id ORDER BY changed_at DESC, id) AS "botIds"
       FROM documents WHERE kind = 'bot' AND body IS NULL GROUP BY 1`,
    );
    return new Map(rows.map(({ workspaceId, botIds }) => [workspaceId, botIds.slice(0, FORMER_BOTS_AT_MOST)]));
  }

  /** The ids of kill switches that ended by then. */
  async endedKillSwitches(now: Date): Promise<string[]> {
    const rows: { id: string }[] = await this.dataSource.query(
      `SELECT id FROM documents WHERE kind = 'kill-switch' AND (body->>'endsAt')::timestamptz <= $1 ORDER BY id`,
      [now],
    );
    return rows.map(({ id }) => id);
  }

  /** Also one that was taken away; undefined where there never was one. */
  async find<K extends Kind>(kind: K, id: string): Promise<Document<K> | undefined> {
    const [found]: Document<K>[] = await this.dataSource.query(`SELECT ${COLUMNS} FROM documents WHERE kind = $1 AND id = $2`, [kind, id]);
    return found;
  }

  /** All that hold now, and those whose newest version is not on the topic yet. */
  toPublish(): Promise<Document[]> {
    return this.dataSource.query(
      `SELECT ${COLUMNS} FROM documents WHERE body IS NOT NULL OR published_version IS DISTINCT FROM version ORDER BY kind, id`,
    );
  }

  /** Remembers that these versions are on the topic. */
  async markPublished(documents: readonly Document[]): Promise<void> {
    const fresh = documents.filter(({ version, publishedVersion }) => version !== publishedVersion);
    if (fresh.length === 0) return;
    await this.dataSource.query(
      `UPDATE documents d SET published_version = p.version
       FROM unnest($1::text[], $2::text[], $3::int[]) AS p (kind, id, version) WHERE d.kind = p.kind AND d.id = p.id`,
      [fresh.map(({ kind }) => kind), fresh.map(({ id }) => id), fresh.map(({ version }) => version)],
    );
  }

  /** Whether the newest version, of this document or of all of them, is on the topic. */
  async isPublished(of?: { readonly kind: Kind; readonly id: string }): Promise<boolean> {
    const [row]: { waits: boolean }[] = await this.dataSource.query(
      `SELECT EXISTS (SELECT FROM documents WHERE published_version IS DISTINCT FROM version
         AND ($1::text IS NULL OR kind = $1 AND id = $2)) AS waits`,
      [of?.kind ?? null, of?.id ?? null],
    );
    return row?.waits === false;
  }

  /** Versions that a workspace may see, newest first; those of another workspace are nobody else's affair. */
  versions<K extends Kind>(
    of: { readonly kind: K; readonly id: string; readonly workspaceId: string },
    o: { readonly after?: number; readonly before?: number; readonly limit: number },
    manager: EntityManager = this.dataSource.manager,
  ): Promise<Version<K>[]> {
    return manager.query(
      `SELECT ${VERSION_COLUMNS} FROM document_versions WHERE kind = $1 AND id = $2 AND workspace_id = $3
         AND ($4::int IS NULL OR version > $4) AND ($5::int IS NULL OR version < $5) ORDER BY version DESC LIMIT $6`,
      [of.kind, of.id, of.workspaceId, o.after ?? null, o.before ?? null, o.limit],
    );
  }

  /**
   * Decides on what is there under its lock, and writes a new version of what was decided; `undefined` leaves it as it is.
   * What `decide` does with the manager is part of the same transaction.
   * @throws ApiRefusal when what was decided is too large to be published
   */
  change<K extends Kind>(of: ChangeOf<K>, decide: Decide<K>): Promise<Document<K> | undefined> {
    return this.together((change) => change(of, decide));
  }

  /** Changes several documents, all of them or none; in the order of kind and id, so that two who do it never wait for each other. */
  together<T>(
    work: (
      change: <K extends Kind>(of: ChangeOf<K>, decide: Decide<K>) => Promise<Document<K> | undefined>,
      manager: EntityManager,
    ) => Promise<T>,
  ): Promise<T> {
    return this.dataSource.transaction((manager) => work((of, decide) => this.changeIn(manager, of, decide), manager));
  }

  private async changeIn<K extends Kind>(manager: EntityManager, of: ChangeOf<K>, decide: Decide<K>): Promise<Document<K> | undefined> {
    const { kind, id, by, at } = of;
    await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`document:${kind}:${id}`]);
    const [before]: Document<K>[] = await manager.query(`SELECT ${COLUMNS} FROM documents WHERE kind = $1 AND id = $2`, [kind, id]);
    const decided = await decide(before, manager);
    if (!decided) return before;
    const { workspaceId, body, cause, restored } = decided;
    const json = body === null ? null : JSON.stringify(body);
    if (json !== null && Buffer.byteLength(json) > LARGEST)
      throw new ApiRefusal('too-large', `All settings of one ${kind} together may be ${LARGEST} bytes.`);
    const version = (before?.version ?? 0) + 1;
    const row = [kind, id, version, workspaceId, json, at, JSON.stringify(by)];
    await manager.query(WRITE, row);
    await manager.query(WRITE_VERSION, [...row, cause, restored ?? null]);
    await this.noteChange(manager, of, before, decided, version);
    await manager.query('SELECT pg_notify($1, $2)', [CHANGED_CHANNEL, '']);
    return { kind, id, workspaceId, version, body, changedAt: at, changedBy: by, publishedVersion: before?.publishedVersion ?? null };
  }

  private noteChange<K extends Kind>(
    manager: EntityManager,
    { kind, id, by, at, address }: ChangeOf<K>,
    before: Document<K> | undefined,
    { workspaceId, body, cause, restored }: Change<K>,
    version: number,
  ): Promise<void> {
    const name = nameOf(body) ?? nameOf(before?.body);
    const isWhole = !body || !before?.body;
    const details = { version, restored, ...(!isWhole && summaryOf(changesBetween(before.body, body))) };
    const target = { kind, id, ...(name !== undefined && { name }) };
    return this.audit.note({ workspaceId, by, action: `${kind}.${cause}`, target, details, address, at }, manager);
  }
}

const nameOf = (body: object | null | undefined): string | undefined =>
  body && 'name' in body && typeof body.name === 'string' ? body.name : undefined;

const WRITE = `
  INSERT INTO documents (kind, id, version, workspace_id, body, changed_at, changed_by) VALUES ($1, $2, $3, $4, $5, $6, $7)
  ON CONFLICT (kind, id) DO UPDATE SET version = excluded.version, workspace_id = excluded.workspace_id, body = excluded.body,
    changed_at = excluded.changed_at, changed_by = excluded.changed_by`;
const WRITE_VERSION = `
  INSERT INTO document_versions (kind, id, version, workspace_id, body, changed_at, changed_by, cause, restored)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)`;
