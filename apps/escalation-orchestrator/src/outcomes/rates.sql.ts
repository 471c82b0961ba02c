import { DeclineReasonSchema } from '@baton/contracts';
import { isBrokenInSql } from '../promises/in-sql.js';
import { isAbandonedInSql } from './facts.sql.js';

/** Groups that are listed, those with the most handovers first; the sum of all is never cut. */
export const MAX_GROUPS = 400;

/** What a handover, a promise or a rating is counted under. Days are of UTC. */
const KEYS = {
  category: { handover: "coalesce(h.category, '')", promise: "coalesce(h.category, '')", rating: "coalesce(h.category, '')" },
  day: { handover: dayOf('h.requested_at'), promise: dayOf('p.made_at'), rating: dayOf('r.at') },
} as const;
export type GroupedBy = keyof typeof KEYS;

const counts = (condition: string) => `count(*) FILTER (WHERE ${condition})::int`;
const WAITED = 'extract(epoch FROM h.connected_at - h.requested_at)';
/** Of those that were asked for; an agent who takes over was not asked. */
const ASKED = "h.requested_by <> 'agent'";

/**
 * Everything that is counted of a period, the one place where it is derived from facts. `$1` bot, `$2` and `$3` the period, `$4` now
 * (all ms); one row per group, and one with `whole` for all of them together. A handover belongs to the time it was asked for, a promise to the
 * time it was made, a rating to the time it was given.
 */
export function ratesSql(by: GroupedBy): string {
  const key = KEYS[by];
  const within = (column: string) => `${column} >= to_timestamp($2 / 1000.0) AND ${column} < to_timestamp($3 / 1000.0)`;
  const declined = DeclineReasonSchema.options.map(
    (reason) => `'${reason}', ${counts(`${ASKED} AND h.outcome = 'declined' AND h.outcome_detail = '${reason}'`)}`,
  );
  return `WITH asked AS (
      SELECT ${key.handover} AS key, grouping(${key.handover}) = 1 AS whole,
        ${counts(ASKED)} AS requested, ${counts(`NOT ${ASKED}`)} AS taken_over,
        ${counts(`${ASKED} AND h.outcome = 'declined'`)} AS declined, json_build_object(${declined.join(', ')}) AS declined_by_reason,
        ${counts(`${ASKED} AND h.accepted_at IS NOT NULL`)} AS accepted, ${counts(`${ASKED} AND h.connected_at IS NOT NULL`)} AS answered,
        ${counts(`${ASKED} AND ${isAbandonedInSql('h')}`)} AS abandoned, ${counts(`${ASKED} AND h.outcome = 'timed-out'`)} AS timed_out,
        ${counts(`${ASKED} AND h.outcome = 'cancelled'`)} AS cancelled,
        ${counts(`${ASKED} AND h.outcome = 'resolved' AND h.connected_at IS NOT NULL`)} AS resolved_by_human,
        ${counts(`${ASKED} AND h.outcome = 'resolved' AND h.connected_at IS NOT NULL AND h.reopened_at IS NOT NULL`)} AS reopened,
        ${counts(`${ASKED} AND h.followed_up_at IS NOT NULL`)} AS followed_up, ${counts(`${ASKED} AND h.ended_at IS NULL`)} AS open,
        percentile_cont(0.5) WITHIN GROUP (ORDER BY ${WAITED}) FILTER (WHERE ${ASKED} AND h.connected_at IS NOT NULL) AS wait_median,
        percentile_cont(0.8) WITHIN GROUP (ORDER BY ${WAITED}) FILTER (WHERE ${ASKED} AND h.connected_at IS NOT NULL) AS wait_p80
      FROM handovers h WHERE h.bot_id = $1 AND ${within('h.requested_at')}
      GROUP BY GROUPING SETS ((${key.handover}), ())
    ), promised AS (
      SELECT key, grouping(key) = 1 AS whole, count(*)::int AS promised, ${counts('broken')} AS promises_broken
      FROM (SELECT ${key.promise} AS key, broken FROM (SELECT *, ${isBrokenInSql('to_timestamp($4 / 1000.0)')} AS broken FROM promises) p
        LEFT JOIN handovers h ON h.id = p.handover_id WHERE p.bot_id = $1 AND ${within('p.made_at')}) AS made
      GROUP BY GROUPING SETS ((key), ())
    ), rated AS (
      SELECT ${key.rating} AS key, grouping(${key.rating}) = 1 AS whole,
        ${counts("r.stretch = 'human'")} AS human_ratings, avg(r.stars) FILTER (WHERE r.stretch = 'human')::float8 AS human_mean,
        ${counts("r.stretch = 'bot'")} AS bot_ratings, avg(r.stars) FILTER (WHERE r.stretch = 'bot')::float8 AS bot_mean
      FROM ratings r LEFT JOIN handovers h ON h.id = r.handover_id
      WHERE r.bot_id = $1 AND ${within('r.at')}
      GROUP BY GROUPING SETS ((${key.rating}), ())
    ), every AS (SELECT key, whole FROM asked UNION SELECT key, whole FROM promised UNION SELECT key, whole FROM rated)
    SELECT e.key, e.whole, to_jsonb(a) AS asked, to_jsonb(p) AS promised, to_jsonb(r) AS rated
    FROM every e
    LEFT JOIN asked a ON a.whole = e.whole AND a.key IS NOT DISTINCT FROM e.key
    LEFT JOIN promised p ON p.whole = e.whole AND p.key IS NOT DISTINCT FROM e.key
    LEFT JOIN rated r ON r.whole = e.whole AND r.key IS NOT DISTINCT FROM e.key
    ORDER BY e.whole DESC, a.requested DESC NULLS LAST, e.key LIMIT ${MAX_GROUPS + 1}`;
}

function dayOf(column: string): string {
  return `to_char(${column} AT TIME ZONE 'UTC', 'YYYY-MM-DD')`;
}
