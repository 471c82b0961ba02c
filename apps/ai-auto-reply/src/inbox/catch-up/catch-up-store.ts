import type { DataSource } from 'typeorm';

/** A website whose turn it is, ours until the look ends. */
export interface Turn {
  /** ms by our clock. */
  readonly watchedSince: number;
  /** ms by Crisp's clock; null before the first look that came to an end. */
  readonly listedUpTo: number | null;
}

/** A replica that died during a look holds a website up for so long (ms). */
const LEASE = 60_000;
/** Readings of longer ago say nothing any more (ms): such changes are not read. */
const REMEMBERED = 3_600_000;

const TAKE = `WITH mine AS (
    INSERT INTO catch_ups AS c (website_id, watched_since, next_at) VALUES ($1, $2, $3)
    ON CONFLICT (website_id) DO UPDATE SET next_at = excluded.next_at WHERE c.next_at <= $2
    RETURNING watched_since, listed_up_to
  ) SELECT watched_since, listed_up_to FROM mine`;

/** Where each website's look-through stands, for all replicas. */
export class CatchUpStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Takes a website, if it is its turn and nobody else looks. */
  async take(websiteId: string, now: number, everyMs: number): Promise<Turn | undefined> {
    const until = new Date(now + Math.max(LEASE, everyMs));
    const rows = await this.dataSource.query<{ watched_since: Date; listed_up_to: string | null }[]>(TAKE, [
      websiteId,
      new Date(now),
      until,
    ]);
    const [row] = rows;
    if (!row) return undefined;
    return { watchedSince: row.watched_since.getTime(), listedUpTo: row.listed_up_to === null ? null : Number(row.listed_up_to) };
  }

  /** The look is over; without a time up to which all is dealt with, the next one begins where this one did. */
  async giveBack(websiteId: string, nextAt: number, listedUpTo: number | undefined): Promise<void> {
    await this.dataSource.query('UPDATE catch_ups SET next_at = $2, listed_up_to = coalesce($3, listed_up_to) WHERE website_id = $1', [
      websiteId,
      new Date(nextAt),
      listedUpTo ?? null,
    ]);
  }

  /** Websites in whose inbox nobody of ours answers (any more): what is asked there meanwhile is never answered later. */
  async forgetAllBut(websiteIds: readonly string[]): Promise<void> {
    await this.dataSource.query('DELETE FROM catch_ups WHERE website_id <> ALL($1::uuid[])', [websiteIds]);
  }

  async readAt(sessionIds: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ session_id: string; up_to: string }[]>(
      'SELECT session_id, up_to FROM caught_up_sessions WHERE session_id = ANY($1::text[])',
      [sessionIds],
    );
    return new Map(rows.map(({ session_id, up_to }) => [session_id, Number(up_to)]));
  }

  async noteReading(websiteId: string, sessionId: string, changedAt: number): Promise<void> {
    await this.dataSource.query(
      `INSERT INTO caught_up_sessions AS c (session_id, website_id, up_to) VALUES ($1, $2, $3)
       ON CONFLICT (session_id) DO UPDATE SET up_to = greatest(c.up_to, excluded.up_to)`,
      [sessionId, websiteId, changedAt],
    );
  }

  async forgetReadings(websiteId: string, now: number): Promise<void> {
    await this.dataSource.query('DELETE FROM caught_up_sessions WHERE website_id = $1 AND up_to < $2', [websiteId, now - REMEMBERED]);
  }
}
