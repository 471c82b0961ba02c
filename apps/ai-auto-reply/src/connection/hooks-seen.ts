import { prepared } from '@baton/messaging';
import type { Statement } from '@baton/messaging';
import type { Job } from '@baton/telemetry';
import type { DataSource } from 'typeorm';

/** What came from a website for a bot. */
export interface SeenHooks {
  /** When the first came; null when none did. */
  readonly since: Date | null;
  readonly last: Date | null;
  readonly count: number;
}

const SAW: Statement = {
  name: 'hooks-saw',
  text: `
    INSERT INTO hooks_seen AS seen (website_id, bot_id, first_at, last_at, count)
    SELECT * FROM unnest($1::uuid[], $2::text[], $3::timestamptz[], $4::timestamptz[], $5::bigint[]) AS new (website_id, bot_id, first_at, last_at, count)
    ON CONFLICT (website_id, bot_id) DO UPDATE
      SET first_at = least(seen.first_at, excluded.first_at), last_at = greatest(seen.last_at, excluded.last_at),
          count = seen.count + excluded.count`,
};

interface Counted {
  readonly websiteId: string;
  readonly botId: string;
  readonly first: Date;
  readonly last: Date;
  readonly count: number;
}

/** At most so often a website's row is written (ms): that hooks come is news, how many came in this second is not. */
const WRITE_EVERY_MS = 5_000;

/**
 * Remembers that web hooks come, for whoever connects a website and wants to know. `saw` counts in memory and `write` brings it to the
 * database now and then: a few are lost when the process dies, which changes no decision.
 */
export class HooksSeen {
  private readonly counted = new Map<string, Counted>();

  constructor(private readonly dataSource: DataSource) {}

  /** A hook of this website came for this bot. */
  saw(websiteId: string, botId: string, at: Date): void {
    this.add({ websiteId, botId, first: at, last: at, count: 1 });
  }

  /** Brings what was counted to the database. */
  async write(): Promise<void> {
    if (this.counted.size === 0) return;
    // In one order everywhere, so that replicas never wait for each other in a circle.
    const counts = [...this.counted].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, count]) => count);
    this.counted.clear();
    const column = <T>(of: (count: (typeof counts)[number]) => T): T[] => counts.map(of);
    try {
      await prepared(this.dataSource, SAW, [
        column(({ websiteId }) => websiteId),
        column(({ botId }) => botId),
        column(({ first }) => first),
        column(({ last }) => last),
        column(({ count }) => count),
      ]);
    } catch (error) {
      for (const count of counts) this.add(count);
      throw error;
    }
  }

  /** What came from this website for this bot so far. */
  async of(websiteId: string, botId: string): Promise<SeenHooks> {
    const rows: { first_at: Date; last_at: Date; count: string }[] = await this.dataSource.query(
      'SELECT first_at, last_at, count FROM hooks_seen WHERE website_id = $1 AND bot_id = $2',
      [websiteId, botId],
    );
    const [row] = rows;
    return row ? { since: row.first_at, last: row.last_at, count: Number(row.count) } : { since: null, last: null, count: 0 };
  }

  /** What came for each of these bots, from every website that they ever had; the last few seconds may be missing. */
  async ofBots(botIds: readonly string[]): Promise<(SeenHooks & { readonly botId: string; readonly websiteId: string })[]> {
    const rows: { botId: string; websiteId: string; since: Date; last: Date; count: string }[] = await this.dataSource.query(
      `SELECT bot_id AS "botId", website_id AS "websiteId", first_at AS since, last_at AS last, count FROM hooks_seen WHERE bot_id = ANY($1)`,
      [botIds],
    );
    return rows.map((row) => ({ ...row, count: Number(row.count) }));
  }

  /** For the service's jobs. */
  get job(): Job {
    return { what: 'tell that web hooks come', everyMs: WRITE_EVERY_MS, run: () => this.write() };
  }

  private add({ websiteId, botId, first, last, count }: Counted): void {
    const name = `${websiteId} ${botId}`;
    const before = this.counted.get(name);
    this.counted.set(name, {
      websiteId,
      botId,
      first: before && before.first < first ? before.first : first,
      last: before && before.last > last ? before.last : last,
      count: (before?.count ?? 0) + count,
    });
  }
}
