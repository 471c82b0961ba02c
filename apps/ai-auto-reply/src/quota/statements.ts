import type { Statement } from '@baton/messaging';

/*
 * Every statement takes the lock of the entry first and that of its month second, so that two of them never wait for each other.
 */

/**
 * Takes one answer of the month for a new entry, or for one that was given back before. $7 is the limit, null without one.
 * `isNew` without `isTaken`: the month is at its end, and the entry must be closed again.
 */
export const RESERVE: Statement = {
  name: 'quota-reserve',
  text: `
    WITH entry AS (
      INSERT INTO quota_entries AS e (entry_id, workspace_id, bot_id, period, state, at, expires_at)
      VALUES ($1::uuid, $2::text, $3::text, $4::text, 'reserved', $5::timestamptz, $6::timestamptz)
      ON CONFLICT (entry_id) DO UPDATE
        SET state = 'reserved', workspace_id = excluded.workspace_id, bot_id = excluded.bot_id, period = excluded.period,
            at = excluded.at, expires_at = excluded.expires_at, why = NULL, ended_at = NULL
        WHERE e.state = 'refunded'
      RETURNING e.entry_id
    ), month AS (
      INSERT INTO quota_periods AS p (period, workspace_id, reserved)
      SELECT $4, $2, CASE WHEN $7::integer = 0 THEN 0 ELSE 1 END FROM entry
      ON CONFLICT (period, workspace_id) DO UPDATE SET reserved = p.reserved + 1
        WHERE $7::integer IS NULL OR p.reserved + p.committed < $7::integer
      RETURNING p.period
    )
    SELECT EXISTS (SELECT FROM entry) AS "isNew", EXISTS (SELECT FROM month) AND $7::integer IS DISTINCT FROM 0 AS "isTaken"`,
};

/** Closes an entry for which the month had nothing left. */
export const TURN_AWAY: Statement = {
  name: 'quota-turn-away',
  text: `UPDATE quota_entries SET state = 'refunded', why = 'quota-end', ended_at = $2::timestamptz WHERE entry_id = $1::uuid`,
};

/** Counts an entry for good; one that had been given back before counts all the same, whatever the limit is. */
export const COMMIT: Statement = {
  name: 'quota-commit',
  text: `
    WITH entry AS (
      UPDATE quota_entries SET state = 'committed', late = (state = 'refunded'), why = NULL, place = $2::text, ended_at = $3::timestamptz
      WHERE entry_id = $1::uuid AND state <> 'committed'
      RETURNING workspace_id, bot_id, period, late
    )
    UPDATE quota_periods p SET reserved = p.reserved - (NOT entry.late)::integer, committed = p.committed + 1
    FROM entry WHERE p.period = entry.period AND p.workspace_id = entry.workspace_id
    RETURNING entry.workspace_id AS "workspaceId", entry.bot_id AS "botId", entry.period, p.committed AS used, entry.late`,
};

/** Gives an entry back that is neither counted nor given back yet. */
export const REFUND: Statement = {
  name: 'quota-refund',
  text: `
    WITH entry AS (
      UPDATE quota_entries SET state = 'refunded', why = $2::text, ended_at = $3::timestamptz
      WHERE entry_id = $1::uuid AND state = 'reserved'
      RETURNING workspace_id, period
    )
    UPDATE quota_periods p SET reserved = p.reserved - 1
    FROM entry WHERE p.period = entry.period AND p.workspace_id = entry.workspace_id`,
};

/** Months with entries whose lease is over. */
export const LEFT_BEHIND = `
  SELECT DISTINCT workspace_id AS "workspaceId", period FROM quota_entries
  WHERE state = 'reserved' AND expires_at < $1 LIMIT 100`;

/** Gives them back, a month at a time; one that somebody is about to end is left to him. */
export const GIVE_BACK = `
  WITH due AS (
    SELECT entry_id FROM quota_entries
    WHERE workspace_id = $1 AND period = $2 AND state = 'reserved' AND expires_at < $3
    ORDER BY entry_id LIMIT 1000 FOR UPDATE SKIP LOCKED
  ), given AS (
    UPDATE quota_entries e SET state = 'refunded', why = 'left-behind', ended_at = $3 FROM due WHERE e.entry_id = due.entry_id
    RETURNING e.entry_id
  ), counted AS (SELECT count(*)::integer AS n FROM given)
  UPDATE quota_periods p SET reserved = p.reserved - counted.n FROM counted
  WHERE p.workspace_id = $1 AND p.period = $2 AND counted.n > 0
  RETURNING counted.n AS "givenBack"`;

/** Takes away entries of months before this one, as many as are no burden at once; the sums say which months there are. */
export const FORGET = `
  DELETE FROM quota_entries WHERE entry_id IN (
    SELECT e.entry_id FROM quota_periods p JOIN quota_entries e ON e.workspace_id = p.workspace_id AND e.period = p.period
    WHERE p.period < $1 AND e.state <> 'reserved' LIMIT 20000
  )`;
