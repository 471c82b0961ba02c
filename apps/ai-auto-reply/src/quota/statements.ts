import type { Statement } from '@baton/messaging';

/*
 * An entry has a state, and remembers in `counted` as what its month has summed it up. Whoever reserves waits for the month's row, because
 * only so the limit is exact. Whoever ends an entry does not: an answer may be ended in one transaction with many of other workspaces, and
 * two of those would wait for each other. He counts at once when the row is free, else the keeper counts a moment later; until then the
 * month holds more than it must, never less.
 */

/**
 * Takes one answer of the month for a new entry, or for one that was given back before. $7 is the limit, null without one.
 * `isNew` without `isTaken`: the month is at its end, and the entry must be closed again.
 */
export const RESERVE: Statement = {
  name: 'quota-reserve',
  text: `
    WITH entry AS (
      INSERT INTO quota_entries AS e (entry_id, workspace_id, bot_id, period, state, counted, at, expires_at)
      VALUES ($1::uuid, $2::text, $3::text, $4::text, 'reserved', 'reserved', $5::timestamptz, $6::timestamptz)
      ON CONFLICT (entry_id) DO UPDATE
        SET state = 'reserved', counted = 'reserved', workspace_id = excluded.workspace_id, bot_id = excluded.bot_id,
            period = excluded.period, at = excluded.at, expires_at = excluded.expires_at, why = NULL, ended_at = NULL
        WHERE e.state = 'refunded' AND e.counted = 'refunded'
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

/** Reserves an entry again that was given back, while its month still holds its place; tells the state that it found otherwise. */
export const RESUME: Statement = {
  name: 'quota-resume',
  text: `
    WITH resumed AS (
      UPDATE quota_entries SET state = 'reserved', at = $2::timestamptz, expires_at = $3::timestamptz, why = NULL, ended_at = NULL
      WHERE entry_id = $1::uuid AND state = 'refunded' AND counted = 'reserved'
      RETURNING entry_id
    )
    SELECT EXISTS (SELECT FROM resumed) OR EXISTS (SELECT FROM quota_entries WHERE entry_id = $1::uuid AND state <> 'refunded') AS "isHeld"`,
};

/** Sums up what was given back in a month and is not counted yet. The caller holds the month's row. */
export const MAKE_ROOM: Statement = {
  name: 'quota-make-room',
  text: `
    WITH due AS (
      SELECT entry_id FROM quota_entries
      WHERE workspace_id = $1::text AND period = $2::text AND state = 'refunded' AND counted = 'reserved'
      LIMIT 1000 FOR UPDATE SKIP LOCKED
    ), given AS (
      UPDATE quota_entries e SET counted = 'refunded' FROM due WHERE e.entry_id = due.entry_id RETURNING e.entry_id
    ), freed AS (SELECT count(*)::integer AS n FROM given)
    UPDATE quota_periods p SET reserved = p.reserved - freed.n FROM freed
    WHERE p.workspace_id = $1 AND p.period = $2 AND freed.n > 0`,
};

/** Takes a place that became free, for an entry that was found without one. */
export const TAKE: Statement = {
  name: 'quota-take',
  text: `
    UPDATE quota_periods SET reserved = reserved + 1
    WHERE workspace_id = $1::text AND period = $2::text AND reserved + committed < $3::integer`,
};

/** Closes an entry for which the month had nothing left. */
export const TURN_AWAY: Statement = {
  name: 'quota-turn-away',
  text: `
    UPDATE quota_entries SET state = 'refunded', counted = 'refunded', why = 'quota-end', ended_at = $2::timestamptz
    WHERE entry_id = $1::uuid`,
};

/** The entry's month, if nobody else holds its row. */
const MONTH_IF_FREE = `
  SELECT p.period, p.workspace_id FROM quota_entries e JOIN quota_periods p ON p.period = e.period AND p.workspace_id = e.workspace_id
  WHERE e.entry_id = $1::uuid FOR UPDATE OF p SKIP LOCKED`;

/** Ends an entry as said; one that had been given back before counts all the same. `used` is null when the keeper is to count it. */
export const COMMIT: Statement = {
  name: 'quota-commit',
  text: `
    WITH month AS (${MONTH_IF_FREE}), entry AS (
      UPDATE quota_entries
      SET state = 'committed', late = (state = 'refunded'), why = NULL, place = $2::text, ended_at = $3::timestamptz,
          counted = CASE WHEN state = 'reserved' AND EXISTS (SELECT FROM month) THEN 'committed' ELSE counted END
      WHERE entry_id = $1::uuid AND state <> 'committed'
      RETURNING workspace_id, bot_id, period, late, counted
    ), summed AS (
      UPDATE quota_periods p SET reserved = p.reserved - 1, committed = p.committed + 1
      FROM entry WHERE entry.counted = 'committed' AND p.period = entry.period AND p.workspace_id = entry.workspace_id
      RETURNING p.committed
    )
    SELECT workspace_id AS "workspaceId", bot_id AS "botId", period, late, (SELECT committed FROM summed) AS used FROM entry`,
};

/** Gives an entry back that is neither counted nor given back yet. */
export const REFUND: Statement = {
  name: 'quota-refund',
  text: `
    WITH month AS (${MONTH_IF_FREE}), entry AS (
      UPDATE quota_entries
      SET state = 'refunded', why = $2::text, ended_at = $3::timestamptz,
          counted = CASE WHEN EXISTS (SELECT FROM month) THEN 'refunded' ELSE counted END
      WHERE entry_id = $1::uuid AND state = 'reserved'
      RETURNING workspace_id, period, counted
    )
    UPDATE quota_periods p SET reserved = p.reserved - 1
    FROM entry WHERE entry.counted = 'refunded' AND p.period = entry.period AND p.workspace_id = entry.workspace_id`,
};

/** Gives back what dead processes left; one that somebody is about to end is left to him. */
export const GIVE_BACK = `
  WITH due AS (
    SELECT entry_id FROM quota_entries WHERE state = 'reserved' AND expires_at < $1
    ORDER BY expires_at LIMIT 1000 FOR UPDATE SKIP LOCKED
  )
  UPDATE quota_entries e SET state = 'refunded', why = 'left-behind', ended_at = $1 FROM due WHERE e.entry_id = due.entry_id`;

/** Months that do not say yet what their entries say. */
export const TO_COUNT = `
  SELECT DISTINCT workspace_id AS "workspaceId", period FROM quota_entries WHERE counted <> state LIMIT 100`;

/** A month's row, unless somebody else holds it. */
export const LOCK_MONTH = `
  SELECT committed FROM quota_periods WHERE workspace_id = $1 AND period = $2 FOR UPDATE SKIP LOCKED`;

/** Marks entries of the locked month as counted, and tells what they were counted as before. */
export const MARK_COUNTED = `
  WITH due AS (
    SELECT entry_id, counted FROM quota_entries
    WHERE workspace_id = $1 AND period = $2 AND counted <> state
    LIMIT 500 FOR UPDATE SKIP LOCKED
  )
  UPDATE quota_entries e SET counted = e.state FROM due WHERE e.entry_id = due.entry_id
  RETURNING e.entry_id AS "entryId", e.bot_id AS "botId", e.place, e.ended_at AS "endedAt", e.state, due.counted AS before`;

/** Takes away entries of months before this one, as many as are no burden at once; the sums say which months there are. */
export const FORGET = `
  DELETE FROM quota_entries WHERE entry_id IN (
    SELECT e.entry_id FROM quota_periods p JOIN quota_entries e ON e.workspace_id = p.workspace_id AND e.period = p.period
    WHERE p.period < $1 AND e.state <> 'reserved' AND e.counted = e.state LIMIT 20000
  )`;
