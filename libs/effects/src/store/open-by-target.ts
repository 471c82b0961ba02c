import type { DataSource } from 'typeorm';

/** Effects of one target that have not ended. */
export interface OpenEffects {
  readonly target: string;
  readonly open: number;
  /** Since the oldest could have been begun, in seconds. */
  readonly oldestSeconds: number;
  /** Of which nobody knows whether they happened. */
  readonly inDoubt: number;
}

/** What waits for these targets, as the table says now. */
export async function openByTarget(dataSource: Pick<DataSource, 'query'>, targets: readonly string[]): Promise<OpenEffects[]> {
  if (targets.length === 0) return [];
  return dataSource.query(
    `SELECT target, count(*)::int AS open, count(*) FILTER (WHERE in_doubt)::int AS "inDoubt",
       greatest(0, extract(epoch FROM clock_timestamp() - min(greatest(planned_at, not_before))))::float8 AS "oldestSeconds"
     FROM effects WHERE ended_at IS NULL AND target = ANY($1::text[]) GROUP BY target`,
    [targets],
  );
}
