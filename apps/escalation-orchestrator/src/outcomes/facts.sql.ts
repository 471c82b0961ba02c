import type { Cause, Outcome } from '@baton/contracts';
import { isBrokenInSql } from '../promises/in-sql.js';

/** More ratings of one handover there cannot be in what is told of it. */
const MAX_RATINGS = 10;

/** The facts of one handover as they stand in the tables. */
export interface OutcomeRow {
  readonly revision: number;
  readonly number: number;
  readonly requested_by: string;
  readonly cause: Cause | null;
  readonly requested_at: Date;
  readonly accepted_at: Date | null;
  readonly first_answer_at: Date | null;
  readonly ended_at: Date | null;
  readonly ended: NonNullable<Outcome['end']> | null;
  readonly detail: string | null;
  readonly abandoned: boolean;
  readonly reopened: boolean;
  readonly promises: Outcome['promises'];
  readonly ratings: Outcome['ratings'];
}

/**
 * Columns of an {@link OutcomeRow} over a relation `h` with the columns of `handovers`; only facts. A handover that was accepted and
 * ended without a human's word is abandoned, however it ended; one that nobody could be promised for and that goes on by e-mail is
 * followed up.
 * @param now an expression: what is open and should have ended by then is broken
 */
export function outcomeColumns(now: string): string {
  const broken = isBrokenInSql(now);
  return `h.outcome_revision AS revision, h.number, h.requested_by, h.cause, h.requested_at, h.accepted_at, h.connected_at AS first_answer_at, h.ended_at,
    CASE WHEN h.followed_up_at IS NOT NULL THEN 'followed-up' ELSE h.outcome END AS ended, h.outcome_detail AS detail,
    ${isAbandonedInSql('h')} AS abandoned, h.reopened_at IS NOT NULL AS reopened,
    (SELECT json_build_object(
        'kept', count(*) FILTER (WHERE ended = 'kept' AND NOT ${broken}), 'cancelled', count(*) FILTER (WHERE ended = 'cancelled' AND NOT ${broken}),
        'apologised', count(*) FILTER (WHERE ended = 'apologised' AND NOT ${broken}), 'broken', count(*) FILTER (WHERE ${broken}))
      FROM promises WHERE promises.handover_id = h.id) AS promises,
    (SELECT coalesce(json_agg(json_strip_nulls(json_build_object('stretch', stretch, 'stars', stars, 'comment', left(comment, 1000), 'via', via,
          'at', to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'))) ORDER BY at), '[]')
      FROM (SELECT * FROM ratings WHERE ratings.handover_id = h.id ORDER BY at LIMIT ${MAX_RATINGS}) AS given) AS ratings`;
}

export function isAbandonedInSql(handover: string): string {
  return `(${handover}.accepted_at IS NOT NULL AND ${handover}.ended_at IS NOT NULL AND ${handover}.connected_at IS NULL)`;
}

export function outcomeOf(row: OutcomeRow): Outcome {
  const { revision, number, requested_by, cause, detail, abandoned, reopened, promises, ratings } = row;
  return {
    revision,
    number,
    requested_by,
    ...(cause ? { cause } : {}),
    requested_at: row.requested_at.toISOString(),
    ...(row.accepted_at ? { accepted_at: row.accepted_at.toISOString() } : {}),
    ...(row.first_answer_at ? { first_answer_at: row.first_answer_at.toISOString() } : {}),
    ...(row.ended_at ? { ended_at: row.ended_at.toISOString() } : {}),
    ...(row.ended ? { end: row.ended } : {}),
    ...(detail === null ? {} : { detail: detail.slice(0, 64) }),
    abandoned,
    reopened,
    promises,
    ratings,
  };
}
