import { daysOf, LIMITS, pastMoment } from '@baton/persistence/retention';
import type { Limit, RetentionSchema, SaidDays } from '@baton/persistence/retention';
import type { Database } from './databases.js';
import type { RowFacts } from './judge-rows.js';

/** The oldest row of a large table whose index is none for it is not worth more (ms). */
const OLDEST_WITHIN_MS = 5_000;

/** What one service keeps of what it forgets by age. @throws when a table is not there or may not be read */
export async function lookAtRows(database: Database, schema: RetentionSchema, said: SaidDays, now: Date): Promise<RowFacts[]> {
  const found: RowFacts[] = [];
  const limits: readonly Limit[] = Object.values(LIMITS[schema]);
  for (const limit of limits) {
    const slackMs = limit.everyMs * (await laps(database, schema, limit));
    if (daysOf(limit, said) === Infinity) {
      found.push({ schema, limit, past: 0, oldest: null, slackMs });
      continue;
    }
    const before = pastMoment(limit, new Date(now.getTime() - slackMs), said);
    const from = limit.from ?? limit.table;
    const [past] = await database.query<{ rows: number }>(schema, `SELECT count(*)::int AS rows FROM ${from} WHERE ${limit.past}`, [
      before,
    ]);
    const sql = `SELECT min((${limit.since})::timestamptz) AS at FROM ${from} WHERE ${limit.past}`;
    const oldest = await database.queryWithin<{ at: Date | null }>(OLDEST_WITHIN_MS, schema, sql, ['infinity']);
    found.push({ schema, limit, past: past!.rows, oldest: oldest && oldest[0]!.at, slackMs });
  }
  return found;
}

/** How many looks of its job go once over everything. */
async function laps(database: Database, schema: RetentionSchema, { lap }: Limit): Promise<number> {
  if (!lap) return 1;
  const [row] = await database.query<{ rows: number }>(schema, `SELECT count(*)::int AS rows FROM ${lap.table}`, []);
  return Math.max(1, Math.ceil(row!.rows / lap.rows));
}
