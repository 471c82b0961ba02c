import type { Job } from '@baton/telemetry';
import type { DataSource } from 'typeorm';

const LOOK_EVERY_MS = 1_000;

/** Bots that somebody stopped by hand, whatever their settings say: an emergency does not wait for a file to be changed. */
export class StoppedBots {
  private stopped: ReadonlySet<string> = new Set();

  constructor(private readonly dataSource: DataSource) {}

  /** As of at most a second ago. */
  has(botId: string): boolean {
    return this.stopped.has(botId);
  }

  /** From now on the bot says nothing; other replicas know within a second. */
  async stop(botId: string, at: Date): Promise<void> {
    await this.dataSource.query('INSERT INTO stopped_bots (bot_id, at) VALUES ($1, $2) ON CONFLICT DO NOTHING', [botId, at]);
    await this.look();
  }

  /** The bot may speak again, if its settings let it. */
  async release(botId: string): Promise<void> {
    await this.dataSource.query('DELETE FROM stopped_bots WHERE bot_id = $1', [botId]);
    await this.look();
  }

  async look(): Promise<void> {
    const rows: { bot_id: string }[] = await this.dataSource.query('SELECT bot_id FROM stopped_bots');
    this.stopped = new Set(rows.map(({ bot_id }) => bot_id));
  }

  /** For the service's jobs. */
  get job(): Job {
    return { what: 'look which bots were stopped by hand', everyMs: LOOK_EVERY_MS, run: () => this.look() };
  }
}
