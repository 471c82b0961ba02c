import type { DataSource, EntityManager } from 'typeorm';
import type { EffectEnd } from '../effect.js';
import { BEGUN, effectOf, type BegunEffect, type BegunRow } from './begun.js';
import { statement } from './statement.js';

/**
 * Ends attempts and goes on, for many lanes at once. Only lanes under our lease are touched, and none is waited for. A lane
 * with a next effect is either kept (that effect is begun here) or given back; one with none is taken away, unless its row
 * says that somebody planned since this statement's snapshot was taken.
 */
const settle = statement<
  BegunRow & { mine: boolean | null; held: boolean; marked: boolean; free_at: Date | null; free_target: string | null }
>(
  'settle',
  `WITH ended AS (
     SELECT * FROM unnest($1::text[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::boolean[], $10::text[])
       AS e(lane, position, verdict, reason, retry_at, goes_on, outcome)
   ), seen AS (
     SELECT l.lane, l.lease_owner, l.plans FROM effect_lanes l JOIN ended USING (lane)
   ), held AS (
     SELECT l.lane, l.target, l.plans FROM effect_lanes l JOIN ended ON ended.lane = l.lane
     WHERE l.lease_owner = $7 FOR NO KEY UPDATE OF l SKIP LOCKED
   ), marked AS (
     UPDATE effects f SET state = e.verdict, reason = e.reason, outcome = COALESCE(e.outcome::jsonb, CASE WHEN e.verdict NOT IN ('done', 'refused') THEN f.outcome END),
       ended_at = CASE WHEN e.verdict IN ('done', 'refused') THEN $8::timestamptz END
     FROM ended e JOIN held ON held.lane = e.lane
     WHERE f.position = e.position AND f.state = 'in-doubt' AND f.ended_at IS NULL
     RETURNING f.lane
   ), heads AS (
     SELECT h.lane, h.target AS lane_target, h.plans = s.plans AS is_current, e.verdict, e.retry_at, e.goes_on,
       n.position, n.target, n.budget, n.deadline, n.not_before
     FROM held h JOIN ended e USING (lane) JOIN seen s USING (lane) LEFT JOIN LATERAL (
       SELECT f.position, f.target, f.budget, f.deadline, f.not_before FROM effects f
       WHERE f.lane = h.lane AND f.ended_at IS NULL AND (f.position <> e.position OR e.verdict NOT IN ('done', 'refused'))
       ORDER BY f.position LIMIT 1) n ON true
   ), open AS (
     SELECT f.position FROM effects f JOIN heads n ON n.position = f.position
     WHERE n.goes_on AND n.verdict IN ('done', 'refused') AND n.target = n.lane_target AND n.budget = 0
       AND (n.not_before IS NULL OR n.not_before <= $8) AND f.ended_at IS NULL
     FOR UPDATE OF f SKIP LOCKED
   ), b AS (
     UPDATE effects f SET in_doubt = (f.state = 'in-doubt'), state = 'in-doubt', attempts = f.attempts + 1, begun_at = $8
     FROM open WHERE f.position = open.position RETURNING f.*
   ), gone AS (
     DELETE FROM effect_lanes l USING heads n WHERE l.lane = n.lane AND n.position IS NULL AND n.is_current
   ), kept AS (
     UPDATE effect_lanes l SET
       lease_owner = CASE WHEN b.position IS NULL THEN NULL ELSE $7 END,
       next_at = CASE
         WHEN b.position IS NOT NULL THEN $9
         WHEN n.position IS NULL THEN $8
         WHEN n.retry_at IS NOT NULL THEN LEAST(n.retry_at, CASE WHEN n.deadline > $8 THEN n.deadline END)
         WHEN n.deadline <= $8 THEN $8
         ELSE LEAST(GREATEST(n.not_before, $8), n.deadline) END,
       target = COALESCE(n.target, l.target), budget = COALESCE(n.budget, l.budget), deadline = n.deadline
     FROM heads n LEFT JOIN b ON b.lane = n.lane
     WHERE l.lane = n.lane AND NOT (n.position IS NULL AND n.is_current)
     RETURNING l.lane, l.lease_owner, l.next_at, l.target
   )
   SELECT e.lane, s.lease_owner = $7 AS mine, held.lane IS NOT NULL AS held, marked.lane IS NOT NULL AS marked,
     CASE WHEN kept.lease_owner IS NULL THEN kept.next_at END AS free_at, kept.target AS free_target, ${BEGUN}
   FROM ended e LEFT JOIN seen s USING (lane) LEFT JOIN held USING (lane) LEFT JOIN marked USING (lane)
     LEFT JOIN kept USING (lane) LEFT JOIN b ON b.lane = e.lane`,
);

/** How an attempt ended, for the statement. */
export interface AttemptEnd {
  readonly lane: string;
  /** `0` gives the lane back as it is. */
  readonly position: string;
  /** `planned` and `in-doubt` are retries. */
  readonly verdict: 'done' | 'refused' | 'planned' | 'in-doubt';
  readonly reason: string | null;
  readonly retryAt: Date | null;
  /** Kept for the next attempt, which then only has to tell it. */
  readonly outcome: EffectEnd | null;
  /** Begin the lane's next effect, if it is one of the same target, of the high budget and due. */
  readonly goesOn: boolean;
}

export type Settled =
  /** The end is written; `next` was begun, or the lane was given back, due at `freeAt` (undefined: it is empty). */
  | {
      readonly is: 'written';
      readonly lane: string;
      readonly next: BegunEffect | undefined;
      readonly freeAt: Date | undefined;
      readonly freeTarget: string | undefined;
    }
  /** Somebody is planning for this lane right now: again, in a moment. */
  | { readonly is: 'busy'; readonly lane: string }
  /** The lease is lost, or the effect was ended by somebody else: this end counts for nothing. */
  | { readonly is: 'lost'; readonly lane: string };

export async function settleAttempts(
  on: DataSource | EntityManager,
  ends: readonly AttemptEnd[],
  lease: { readonly owner: string; readonly now: Date; readonly until: Date },
): Promise<Settled[]> {
  const rows = await settle(on, [
    ends.map((end) => end.lane),
    ends.map((end) => end.position),
    ends.map((end) => end.verdict),
    ends.map((end) => end.reason),
    ends.map((end) => end.retryAt),
    ends.map((end) => end.goesOn),
    lease.owner,
    lease.now,
    lease.until,
    ends.map((end) => (end.outcome === null ? null : JSON.stringify(end.outcome))),
  ]);
  const isRelease = new Set(ends.filter((end) => end.position === '0').map((end) => end.lane));
  return rows.map((row): Settled => {
    const { lane } = row;
    if (!row.held) return { is: row.mine ? 'busy' : 'lost', lane };
    if (!row.marked && !isRelease.has(lane)) return { is: 'lost', lane };
    return { is: 'written', lane, next: effectOf(row), freeAt: row.free_at ?? undefined, freeTarget: row.free_target ?? undefined };
  });
}

const keep = statement(
  'keep-outcome',
  `UPDATE effects SET outcome = $2::jsonb WHERE position = $1 AND ended_at IS NULL AND outcome IS NULL`,
);

/**
 * Keeps what came of an attempt whose lease was lost before it could be written: it happened all the same, and whoever has the lane
 * now needs neither to look nor to do it again. Nothing is kept of an effect that ended meanwhile.
 */
export async function keepOutcome(dataSource: DataSource, position: string, end: EffectEnd): Promise<void> {
  await keep(dataSource, [position, JSON.stringify(end)]);
}

const renew = statement<{ lane: string; mine: boolean | null }>(
  'renew',
  `WITH held AS (
     SELECT lane FROM effect_lanes WHERE lane = ANY ($1::text[]) AND lease_owner = $2 FOR NO KEY UPDATE SKIP LOCKED
   ), renewed AS (
     UPDATE effect_lanes l SET next_at = $3 FROM held WHERE l.lane = held.lane
   )
   SELECT w.lane, l.lease_owner = $2 AS mine FROM unnest($1::text[]) AS w(lane) LEFT JOIN effect_lanes l USING (lane)`,
);

/** Moves the end of our leases; gives back the lanes that are no longer ours. */
export async function renewLeases(dataSource: DataSource, lanes: readonly string[], owner: string, until: Date): Promise<string[]> {
  const rows = await renew(dataSource, [lanes, owner, until]);
  return rows.filter(({ mine }) => mine !== true).map(({ lane }) => lane);
}
