import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';

/** What is known of a website's web hooks. */
export interface HooksOfWebsite {
  readonly websiteId: string;
  readonly lastHookAt: Date | null;
  /** When something was last found in Crisp that no web hook had told. */
  readonly lastMissedAt: Date | null;
  readonly missed: number;
}

interface Heard {
  hookAt: number | null;
  missedAt: number | null;
  missed: number;
}

/** At most so often it is written (ms): that hooks come is news, how many in this second is not. */
const WRITE_EVERY_MS = 5_000;

const WRITE = `INSERT INTO website_hooks AS w (website_id, last_hook_at, last_missed_at, missed)
  SELECT * FROM unnest($1::text[], $2::timestamptz[], $3::timestamptz[], $4::bigint[])
  ON CONFLICT (website_id) DO UPDATE SET last_hook_at = greatest(w.last_hook_at, excluded.last_hook_at),
    last_missed_at = greatest(w.last_missed_at, excluded.last_missed_at), missed = w.missed + excluded.missed`;

/** Whether web hooks come, by all replicas: counted in memory and written now and then. What a killed replica had not written decides nothing. */
export class WebsiteHooks {
  private readonly heard = new Map<string, Heard>();
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly dataSource: DataSource,
    private readonly log: Pick<Logger, 'warn'>,
  ) {}

  /** @param at ms */
  came(websiteId: string, at: number): void {
    const of = this.of(websiteId);
    of.hookAt = Math.max(of.hookAt ?? 0, at);
  }

  /** A reading of Crisp found what a web hook should have told. @param at ms */
  wasMissed(websiteId: string, at: number): void {
    const of = this.of(websiteId);
    of.missedAt = Math.max(of.missedAt ?? 0, at);
    of.missed += 1;
  }

  ofWebsites(websiteIds: readonly string[]): Promise<HooksOfWebsite[]> {
    return this.dataSource.query(
      `SELECT website_id AS "websiteId", last_hook_at AS "lastHookAt", last_missed_at AS "lastMissedAt", missed::int AS missed
       FROM website_hooks WHERE website_id = ANY($1::text[])`,
      [websiteIds],
    );
  }

  start(): void {
    this.timer = setInterval(() => void this.write(), WRITE_EVERY_MS);
  }

  async stop(): Promise<void> {
    clearInterval(this.timer);
    await this.write();
  }

  async write(): Promise<void> {
    if (this.heard.size === 0) return;
    // In one order everywhere, so that replicas never wait for each other in a circle.
    const rows = [...this.heard].sort(([a], [b]) => (a < b ? -1 : 1));
    this.heard.clear();
    const when = (at: number | null) => (at === null ? null : new Date(at));
    try {
      await this.dataSource.query(WRITE, [
        rows.map(([websiteId]) => websiteId),
        rows.map(([, { hookAt }]) => when(hookAt)),
        rows.map(([, { missedAt }]) => when(missedAt)),
        rows.map(([, { missed }]) => missed),
      ]);
    } catch (error) {
      this.log.warn(
        { reason: error instanceof Error ? error.name : 'unknown' },
        'that web hooks come could not be written and is not told',
      );
    }
  }

  private of(websiteId: string): Heard {
    let heard = this.heard.get(websiteId);
    if (!heard) this.heard.set(websiteId, (heard = { hookAt: null, missedAt: null, missed: 0 }));
    return heard;
  }
}
