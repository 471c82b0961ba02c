import type { DataSource } from 'typeorm';
import type { PageState } from './page-state.js';

export interface StoppedPage {
  readonly pageId: string;
  /** A code such as `messenger.token-dead`. */
  readonly reason: string;
}

/** Which pages are stopped or slowed, for all replicas. */
export class PagesStore {
  constructor(private readonly dataSource: DataSource) {}

  async stop(pageId: string, { reason, tokenMark, now }: { reason: string; tokenMark: string; now: Date }): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO messenger_pages (page_id, stopped_at, reason, token_mark, probed_at) VALUES ($1, $4, $2, $3, $4)
       ON CONFLICT (page_id) DO UPDATE
       SET stopped_at = coalesce(messenger_pages.stopped_at, excluded.stopped_at), reason = excluded.reason,
           token_mark = excluded.token_mark, probed_at = excluded.probed_at`,
      [pageId, reason, tokenMark, now],
    );
  }

  /** Takes the right to try a stopped page: one of all replicas gets it. */
  async takeProbe(pageId: string, { now, everyMs }: { now: Date; everyMs: number }): Promise<boolean> {
    const [rows] = await this.dataSource.query<[unknown[], number]>(
      `UPDATE messenger_pages SET probed_at = $2
       WHERE page_id = $1 AND coalesce(probed_at, stopped_at) <= $2::timestamptz - $3 * interval '1 millisecond' RETURNING 1`,
      [pageId, now, everyMs],
    );
    return rows.length > 0;
  }

  /** Meta took a call of the page. */
  async isWell(pageId: string): Promise<void> {
    await this.dataSource.query(`DELETE FROM messenger_pages WHERE page_id = $1`, [pageId]);
  }

  /** What stands in the way of the page's calls; undefined when nothing does. */
  async stateOf(pageId: string): Promise<PageState | undefined> {
    const [row] = await this.dataSource.query<
      { stopped: Date | null; reason: string | null; mark: string | null; probed: Date | null; slow: Date | null }[]
    >(
      `SELECT stopped_at AS stopped, reason, token_mark AS mark, probed_at AS probed, slow_until AS slow FROM messenger_pages WHERE page_id = $1`,
      [pageId],
    );
    return (
      row && {
        stoppedAt: row.stopped?.getTime(),
        reason: row.reason ?? undefined,
        tokenMark: row.mark ?? undefined,
        probedAt: row.probed?.getTime(),
        slowUntil: row.slow?.getTime(),
      }
    );
  }

  async slowDown(pageId: string, until: Date): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO messenger_pages (page_id, slow_until) VALUES ($1, $2)
       ON CONFLICT (page_id) DO UPDATE SET slow_until = greatest(messenger_pages.slow_until, excluded.slow_until)`,
      [pageId, until],
    );
  }

  stopped(): Promise<StoppedPage[]> {
    return this.dataSource.query<StoppedPage[]>(
      `SELECT page_id AS "pageId", coalesce(reason, 'messenger.page-stopped') AS reason FROM messenger_pages WHERE stopped_at IS NOT NULL`,
    );
  }
}
