/** The schemas of the services that keep something. */
export type RetentionSchema = 'orchestrator' | 'dispatcher' | 'ai_auto_reply' | 'control_plane';

/** Variables of services that say for how many days something is kept; `@baton/telemetry` reads them. */
export const RETENTION_VARIABLES = [
  'JUDGED_DAYS',
  'SESSION_DAYS',
  'RECEIPT_DAYS',
  'LOG_RETENTION_DAYS',
  'DEAD_LETTER_DAYS',
  'AUDIT_DAYS',
] as const;
export type RetentionVariable = (typeof RETENTION_VARIABLES)[number];
/** What an installation says, in days. */
export type SaidDays = Readonly<Partial<Record<RetentionVariable, number>>>;

/** Rows that are forgotten by their age: what the job reads that forgets them, and the check that it did. */
export interface Limit {
  readonly table: string;
  readonly what: string;
  /** SQL of what is looked through, where that is more than the table. */
  readonly from?: string;
  /** SQL: which rows are past their time; `$1` is the moment (timestamptz) before which they are. */
  readonly past: string;
  /** SQL: the moment from which the age of a row counts. */
  readonly since: string;
  /** Days, or the variable that says them. */
  readonly keeps: number | RetentionVariable;
  /** Days that it is kept at least, whatever the variable says. */
  readonly atLeast?: number;
  /** 0 keeps it for ever, instead of not at all. */
  readonly zeroKeeps?: true;
  /** Days are whole ones, UTC: that of the moment is never past. */
  readonly wholeDays?: true;
  /** Between two looks of the job, in ms: for so long a row may stand past its time. */
  readonly everyMs: number;
  /** One look takes so many rows of this table, and the next goes on behind them. */
  readonly lap?: { readonly table: string; readonly rows: number };
}

/** Between two looks of most jobs that forget, and of those that erase what a workspace keeps no longer (ms). */
export const FORGET_EVERY_MS = 600_000;
const DAY_MS = 86_400_000;

/**
 * Days that it is kept; Infinity for ever.
 * @throws RangeError when nobody says the variable
 */
export function daysOf({ keeps, atLeast, zeroKeeps }: Pick<Limit, 'keeps' | 'atLeast' | 'zeroKeeps'>, said: SaidDays = {}): number {
  const days = typeof keeps === 'number' ? keeps : said[keeps];
  if (days === undefined) throw new RangeError(`nobody says ${keeps}`);
  if (days === 0 && zeroKeeps) return Infinity;
  return Math.max(days, atLeast ?? 0);
}

/**
 * The moment before which rows are past their time.
 * @throws RangeError when it is kept for ever, or nobody says for how long
 */
export function pastMoment(limit: Pick<Limit, 'keeps' | 'atLeast' | 'zeroKeeps' | 'wholeDays'>, now: Date, said: SaidDays = {}): Date {
  const days = daysOf(limit, said);
  if (days === Infinity) throw new RangeError(`${String(limit.keeps)} keeps it for ever`);
  const from = limit.wholeDays ? Math.floor(now.getTime() / DAY_MS) * DAY_MS : now.getTime();
  return new Date(from - days * DAY_MS);
}

interface Queries {
  query(sql: string, values?: unknown[]): Promise<unknown>;
}

/** Deletes up to so many rows that are past this moment; those that another transaction holds are left to it. @returns how many */
export async function forgetPortion(on: Queries, { table, past }: Limit, before: Date, atMost: number): Promise<number> {
  const sql = `DELETE FROM ${table} WHERE ctid = ANY (ARRAY(SELECT ctid FROM ${table} WHERE ${past} LIMIT $2 FOR UPDATE SKIP LOCKED))`;
  const [, count] = (await on.query(sql, [before, atMost])) as [unknown, number];
  return count;
}
