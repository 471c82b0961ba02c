import { LIMITS, pastMoment } from '@baton/persistence/retention';
import type { DataSource } from 'typeorm';
import type { Snapshot } from '../alarms/snapshot.js';

const HOUR = 3_600_000;

/** A list of a snapshot with what is of the workspace $2 only. */
const ofIts = (list: 'workspaces' | 'tokens'): string =>
  `'${list}', jsonb_path_query_array(snapshot, '$.${list}[*] ? (@.workspaceId == $id)', jsonb_build_object('id', $2::text))`;

/** The last looks at everything: each of the last hour, one of each quarter of an hour of the last day. */
export class LooksStore {
  constructor(private readonly dataSource: DataSource) {}

  async add(snapshot: Snapshot): Promise<void> {
    const at = new Date(snapshot.at);
    await this.dataSource.query('INSERT INTO looks (at, snapshot) VALUES ($1, $2) ON CONFLICT DO NOTHING', [at, JSON.stringify(snapshot)]);
    await this.dataSource.query(
      `DELETE FROM looks l WHERE at < $1 OR (at < $2 AND EXISTS (
         SELECT 1 FROM looks e WHERE e.at < l.at AND date_bin('15 minutes', e.at, 'epoch') = date_bin('15 minutes', l.at, 'epoch')))`,
      [pastMoment(LIMITS.control_plane.looks, at), new Date(at.getTime() - HOUR)],
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

  /** What each look saw of one workspace, and of the installation; oldest first. */
  async since(from: Date, workspaceId: string): Promise<Snapshot[]> {
    const rows: { snapshot: Snapshot }[] = await this.dataSource.query(
      `SELECT snapshot || jsonb_build_object(${ofIts('workspaces')}, ${ofIts('tokens')}) AS snapshot FROM looks WHERE at >= $1 ORDER BY at`,
      [from, workspaceId],
    );
    return rows.map(({ snapshot }) => snapshot);
  }
}
