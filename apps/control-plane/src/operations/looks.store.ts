import type { DataSource } from 'typeorm';
import type { Snapshot } from '../alarms/snapshot.js';

const HOUR = 3_600_000;

/** The last looks at everything: each of the last hour, one of each quarter of an hour of the last day. */
export class LooksStore {
  constructor(private readonly dataSource: DataSource) {}

  async add(snapshot: Snapshot): Promise<void> {
    const at = new Date(snapshot.at);
    await this.dataSource.query('INSERT INTO looks (at, snapshot) VALUES ($1, $2) ON CONFLICT DO NOTHING', [at, JSON.stringify(snapshot)]);
    await this.dataSource.query(
      `DELETE FROM looks l WHERE at < $1 OR (at < $2 AND EXISTS (
         SELECT 1 FROM looks e WHERE e.at < l.at AND date_bin('15 minutes', e.at, 'epoch') = date_bin('15 minutes', l.at, 'epoch')))`,
      [new Date(at.getTime() - 24 * HOUR), new Date(at.getTime() - HOUR)],
    );
  }

  async last(): Promise<Snapshot | undefined> {
    const [row]: { snapshot: Snapshot }[] = await this.dataSource.query('SELECT snapshot FROM looks ORDER BY at DESC LIMIT 1');
    return row?.snapshot;
  }

  /** When somebody last looked (ms); 0 when nobody did. */
  async lastAt(): Promise<number> {
    const [row]: { at: Date | null }[] = await this.dataSource.query('SELECT max(at) AS at FROM looks');
    return row?.at?.getTime() ?? 0;
  }

  /** Oldest first. */
  async since(from: Date): Promise<Snapshot[]> {
    const rows: { snapshot: Snapshot }[] = await this.dataSource.query('SELECT snapshot FROM looks WHERE at >= $1 ORDER BY at', [from]);
    return rows.map(({ snapshot }) => snapshot);
  }
}
