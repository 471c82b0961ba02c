import type { DataSource } from 'typeorm';
import { counter, gauge, METRICS, NowAndThen } from '@baton/telemetry';
import type { Metric } from '@baton/telemetry';
import type { PromiseChange } from '../floor/actions.js';
import { isBroken } from '../floor/promises/times.js';
import { isBrokenInSql, isNearEndInSql } from './in-sql.js';

/** Counts what was promised and how it ended, as this replica judged it. */
export class CountPromises {
  private readonly made = counter(METRICS.promisesMade);
  private readonly ended = counter(METRICS.promisesEnded);
  private readonly broken = counter(METRICS.promisesBroken);

  /** @param at when it was decided (ms) */
  changed(change: PromiseChange, at: number): void {
    if (change.is === 'warned' || change.is === 'moved') return;
    if (change.is === 'made') return this.made.inc({ kind: change.promise.kind });
    this.ended.inc({ kind: change.kind, end: change.is });
    if (isBroken(change.dueAt, at)) this.broken.inc({ kind: change.kind });
  }
}

interface Looked {
  readonly open: number;
  readonly near: number;
  readonly overdue: number;
}

/** Shows what is open, as the table said a look ago: the same on every replica; nothing while it cannot be asked. @param botIds the bots that there are */
export function watchPromises(dataSource: Pick<DataSource, 'query'>, botIds: () => readonly string[], now: () => number): void {
  const looked = new NowAndThen(() => lookAtPromises(dataSource, botIds(), now()));
  const shows = (metric: Metric<'gauge', never>, which: keyof Looked) =>
    gauge(metric, (one) => {
      const figure = looked.last()?.[which];
      if (figure === undefined) one.remove();
      else one.set(figure);
    });
  shows(METRICS.promisesOpen, 'open');
  shows(METRICS.promisesNearEnd, 'near');
  shows(METRICS.promisesOverdue, 'overdue');
}

/** A promise of a bot that is gone nobody can end, and no alert could be cleared: it is not looked at. @param now ms */
export async function lookAtPromises(dataSource: Pick<DataSource, 'query'>, botIds: readonly string[], now: number): Promise<Looked> {
  const at = 'to_timestamp($1 / 1000.0)';
  const rows = await dataSource.query<Looked[]>(
    `SELECT count(*)::int AS open, count(*) FILTER (WHERE ${isNearEndInSql(at)})::int AS near,
       count(*) FILTER (WHERE ${isBrokenInSql(at)})::int AS overdue
     FROM promises WHERE ended_at IS NULL AND bot_id = ANY($2::text[])`,
    [now, botIds],
  );
  return rows[0] ?? { open: 0, near: 0, overdue: 0 };
}
