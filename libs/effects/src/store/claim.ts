import type { DataSource } from 'typeorm';
import { BEGUN, effectOf, type BegunEffect, type BegunRow } from './begun.js';
import { statement } from './statement.js';

/**
 * A lane is due at `next_at`. Claiming it moves that to the end of the lease, so a lane whose worker is lost is due again by
 * itself. Nothing here waits for a lock: what somebody is just planning for, or taking back, is left for the next round.
 * The head is looked up in the statement's snapshot and begun only if the row itself still says that it is open.
 */
const claim = statement<BegunRow & { claimed: string }>(
  'claim',
  `WITH high AS (
     SELECT l.lane, t.target FROM unnest($4::text[], $5::integer[]) AS t(target, cap) CROSS JOIN LATERAL (
       SELECT lane FROM effect_lanes WHERE target = t.target AND budget = 0 AND next_at <= $2
       ORDER BY next_at LIMIT t.cap FOR NO KEY UPDATE SKIP LOCKED) l
   ), low AS (
     SELECT l.lane, t.target FROM unnest($4::text[], $5::integer[]) AS t(target, cap)
     LEFT JOIN (SELECT target, count(*)::integer AS n FROM high GROUP BY target) h ON h.target = t.target
     CROSS JOIN LATERAL (
       SELECT lane FROM effect_lanes WHERE target = t.target AND budget = 1 AND next_at <= $2
       ORDER BY next_at LIMIT t.cap - COALESCE(h.n, 0) FOR NO KEY UPDATE SKIP LOCKED) l
   ), expired AS (
     SELECT lane FROM effect_lanes WHERE deadline <= $2 AND next_at <= $2 ORDER BY deadline LIMIT $6 FOR NO KEY UPDATE SKIP LOCKED
   ), leased AS (
     UPDATE effect_lanes l SET lease_owner = $1, next_at = $3
     FROM (SELECT lane FROM high UNION SELECT lane FROM low UNION SELECT lane FROM expired) p WHERE l.lane = p.lane
     RETURNING l.lane, l.target
   ), heads AS (
     SELECT e.position FROM leased CROSS JOIN LATERAL (
       SELECT position, target, not_before, deadline FROM effects WHERE lane = leased.lane AND ended_at IS NULL ORDER BY position LIMIT 1) e
     WHERE e.target = leased.target AND (e.not_before IS NULL OR e.not_before <= $2 OR e.deadline <= $2)
   ), open AS (
     SELECT position FROM effects WHERE position IN (SELECT position FROM heads) AND ended_at IS NULL FOR UPDATE SKIP LOCKED
   ), b AS (
     UPDATE effects e SET in_doubt = (e.state = 'in-doubt'), state = 'in-doubt', attempts = e.attempts + 1, begun_at = $2
     FROM open WHERE e.position = open.position RETURNING e.*
   )
   SELECT leased.lane, leased.target AS claimed, ${BEGUN} FROM leased LEFT JOIN b ON b.lane = leased.lane`,
);

export interface ClaimedLane {
  readonly lane: string;
  /** What the lane's row said; its head may say otherwise by now, then there is no effect. */
  readonly target: string;
  readonly effect: BegunEffect | undefined;
}

export interface ClaimRequest {
  readonly owner: string;
  readonly now: Date;
  readonly leaseUntil: Date;
  /** How many lanes at most, per target. */
  readonly caps: ReadonlyMap<string, number>;
  /** How many lanes at most whose effect is past its deadline, of whatever target. */
  readonly expired: number;
}

/** Takes due lanes under a lease and begins the first open effect of each: one statement. */
export async function claimLanes(dataSource: DataSource, request: ClaimRequest): Promise<ClaimedLane[]> {
  const { owner, now, leaseUntil, caps, expired } = request;
  const rows = await claim(dataSource, [owner, now, leaseUntil, [...caps.keys()], [...caps.values()], expired]);
  return rows.map((row) => ({ lane: row.lane, target: row.claimed, effect: effectOf(row) }));
}

/** Walks the index from target to target, so it costs a few probes per target however many lanes wait. */
const dueTargets = statement<{ target: string; due: Date }>(
  'due-targets',
  `WITH RECURSIVE t AS (
     (SELECT target FROM effect_lanes ORDER BY target LIMIT 1)
     UNION ALL
     SELECT (SELECT l.target FROM effect_lanes l WHERE l.target > t.target ORDER BY l.target LIMIT 1) FROM t WHERE t.target IS NOT NULL
   )
   SELECT t.target, LEAST(
     (SELECT next_at FROM effect_lanes l WHERE l.target = t.target AND l.budget = 0 ORDER BY next_at LIMIT 1),
     (SELECT next_at FROM effect_lanes l WHERE l.target = t.target AND l.budget = 1 ORDER BY next_at LIMIT 1)) AS due
   FROM t WHERE t.target IS NOT NULL`,
);

/** Every target with open effects, and when the first of its lanes is due. */
export async function targetsWithWork(dataSource: DataSource): Promise<Map<string, Date>> {
  const rows = await dueTargets(dataSource, []);
  return new Map(rows.map(({ target, due }) => [target, due]));
}

const serverTime = statement<{ now: Date }>('time', 'SELECT clock_timestamp() AS now');

export async function timeOfServer(dataSource: DataSource): Promise<Date> {
  const [row] = await serverTime(dataSource, []);
  return row?.now ?? new Date();
}
