import type { KnowledgeScope, ProblemAt } from '@baton/knowledge';
import type { DataSource } from 'typeorm';
import { MAX_PROBLEMS_KEPT } from '../source.js';
import type { Source, SourceProgress } from '../source.js';
import { columnsOf, SOURCE_COLUMNS } from '../sources.store.js';

/** A source that one replica takes in; what it writes counts only while it holds the lease of this very run. */
export interface Run {
  readonly source: Source;
  readonly run: number;
  /** How often it was begun since somebody asked for it, this time included. */
  readonly tries: number;
  readonly by: string;
}

export interface RunEnd {
  readonly state: 'ready' | 'partial' | 'failed';
  readonly progress: SourceProgress;
  readonly problems: readonly ProblemAt[];
  /** Absent where nothing was taken in. */
  readonly taken?: { readonly version: number; readonly contentHash: string; readonly model: string };
}

/** A run that was not renewed for so long is gone on with by somebody else. */
const LEASE = `interval '30 seconds'`;
/** Of one of the bots of $1 (workspaces) and $2 (bots). */
const OF_KNOWN = '(workspace_id, bot_id) IN (SELECT * FROM unnest($1::text[], $2::text[]))';
const HELD = 'id = $1 AND lease_by = $2 AND run = $3 AND deleted_at IS NULL';

/** Who takes in which source: claimed under a lease, by any replica. Sources of bots that nobody knows wait until somebody does. */
export class RunsStore {
  /** @param bots those that the settings know at this moment */
  constructor(
    private readonly dataSource: DataSource,
    private readonly bots: () => readonly KnowledgeScope[],
  ) {}

  /** The source that waits longest and of whose bot nobody takes in another one. */
  async claim(by: string): Promise<Run | undefined> {
    const known = this.known();
    if (known[0].length === 0) return undefined;
    return this.dataSource.transaction(async (manager) => {
      // Claims are few; one after another they cannot both find that nobody is at a bot's sources.
      await manager.query(`SELECT pg_advisory_xact_lock(hashtextextended('baton:sources:claim', 0))`);
      const [rows] = await manager.query<[(Source & { run: number; tries: number })[], number]>(
        `UPDATE sources SET state = 'running', lease_by = $3, lease_until = now() + ${LEASE}, tries = tries + 1
         WHERE id = (
           SELECT id FROM sources AS waiting
           WHERE due_at <= now() AND deleted_at IS NULL AND ${OF_KNOWN} AND (lease_until IS NULL OR lease_until < now())
             AND NOT EXISTS (
               SELECT FROM sources AS other
               WHERE other.workspace_id = waiting.workspace_id AND other.bot_id = waiting.bot_id AND other.id <> waiting.id
                 AND other.lease_until >= now()
             )
           ORDER BY due_at LIMIT 1 FOR UPDATE SKIP LOCKED
         )
         RETURNING ${SOURCE_COLUMNS}, run, tries`,
        [...known, by],
      );
      const found = rows[0];
      if (!found) return undefined;
      const { run, tries, ...source } = found;
      return { source, run, tries, by };
    });
  }

  /** False when the run has become pointless: the source was changed or deleted, or somebody else is at it. */
  async renew({ source, run, by }: Run): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>(`UPDATE sources SET lease_until = now() + ${LEASE} WHERE ${HELD}`, [
      source.id,
      by,
      run,
    ]);
    return count === 1;
  }

  async tellProgress({ source, run, by }: Run, progress: SourceProgress): Promise<void> {
    await this.dataSource.query(`UPDATE sources SET progress = $4 WHERE ${HELD}`, [source.id, by, run, progress]);
  }

  /** The title that was found inside, for a source that nobody gave one. */
  async rename({ source, run, by }: Run, title: string): Promise<void> {
    await this.dataSource.query(`UPDATE sources SET title = $4 WHERE ${HELD} AND title = $5`, [source.id, by, run, title, source.title]);
  }

  /** What a source holds; undefined for pages. */
  async contentOf({ source }: Run): Promise<Buffer | undefined> {
    const [row] = await this.dataSource.query<{ content: Buffer | null }[]>('SELECT content FROM sources WHERE id = $1', [source.id]);
    return row?.content ?? undefined;
  }

  /** Does something while nobody can change or delete the source; false when the run has become pointless. */
  async holding({ source, run, by }: Run, work: (now: Pick<Source, 'title' | 'url' | 'enabled'>) => Promise<void>): Promise<boolean> {
    return this.dataSource.transaction(async (manager) => {
      const [row] = await manager.query<Pick<Source, 'title' | 'url' | 'enabled'>[]>(
        `SELECT title, url, enabled FROM sources WHERE ${HELD} FOR UPDATE`,
        [source.id, by, run],
      );
      if (row) await work(row);
      return row !== undefined;
    });
  }

  async end({ source, run, by }: Run, { state, progress, problems, taken }: RunEnd): Promise<boolean> {
    const [, count] = await this.dataSource.query<[unknown, number]>(
      `UPDATE sources SET state = $4, progress = $5, problems = $6, problem_count = $7, run = run + 1, tries = 0, lease_by = NULL, lease_until = NULL,
         version = coalesce($8, version), content_hash = coalesce($9, content_hash), model = coalesce($10, model),
         taken_in_at = CASE WHEN $8::integer IS NULL THEN taken_in_at ELSE now() END,
         due_at = CASE WHEN every_hours IS NULL THEN NULL ELSE now() + make_interval(hours => every_hours) END
       WHERE ${HELD}`,
      [
        source.id,
        by,
        run,
        state,
        progress,
        JSON.stringify(problems.slice(0, MAX_PROBLEMS_KEPT)),
        problems.length,
        taken?.version ?? null,
        taken?.contentHash ?? null,
        taken?.model ?? null,
      ],
    );
    return count === 1;
  }

  /** Gives a run up without an end: it is begun again after so long; `isOurs` says that it broke off for our own sake and counts for nothing. */
  async putBack({ source, run, by }: Run, afterMs: number, isOurs: boolean): Promise<void> {
    await this.dataSource.query(
      `UPDATE sources SET state = 'queued', lease_by = NULL, lease_until = NULL, due_at = now() + make_interval(secs => $4),
         tries = tries - $5 WHERE ${HELD}`,
      [source.id, by, run, afterMs / 1_000, isOurs ? 1 : 0],
    );
  }

  /** Asks for sources whose vectors are of another model than this; what they say stays as it is meanwhile. */
  async askForModel(model: string, limit: number): Promise<void> {
    await this.dataSource.query(
      `UPDATE sources SET due_at = now() WHERE id IN (
         SELECT id FROM sources WHERE model <> $3 AND deleted_at IS NULL AND ${OF_KNOWN} AND lease_until IS NULL AND (due_at IS NULL OR due_at > now())
         ORDER BY taken_in_at LIMIT $4 FOR UPDATE SKIP LOCKED
       )`,
      [...this.known(), model, limit],
    );
  }

  /** Sources that wait or are being taken in. */
  async waiting(): Promise<number> {
    const [row] = await this.dataSource.query<{ count: string }[]>(
      `SELECT count(*) FROM sources WHERE due_at <= now() AND deleted_at IS NULL AND ${OF_KNOWN}`,
      this.known(),
    );
    return Number(row!.count);
  }

  private known(): [workspaces: string[], bots: string[]] {
    return columnsOf(this.bots());
  }
}
