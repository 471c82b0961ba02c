import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { EffectPlan } from '../effect.js';
import { activeTraceparent } from '../tracing/attempt-span.js';
import { statement } from './statement.js';

/** A worker knows the clock of Postgres but roughly: what is due at once must not be ahead of the one that is woken for it. */
const CLOCKS_DIFFER = `interval '20 milliseconds'`;

/**
 * A lane's row is there as long as it has open effects. Adding to a lane raises its `plans` under its row lock, so that a worker
 * that found the lane empty sees that this is no longer so, and does not take it away.
 */
const insert = statement(
  'plan',
  `WITH planned AS (
     SELECT * FROM unnest($1::uuid[], $2::text[], $3::text[], $4::text[], $5::text[], $6::text[], $7::smallint[], $8::timestamptz[], $9::timestamptz[], $11::text[])
       WITH ORDINALITY AS p(id, lane, target, kind, payload, on_doubt, budget, deadline, not_before, traceparent, n)
   ), lanes AS (
     INSERT INTO effect_lanes (lane, target, budget, next_at, deadline)
     SELECT DISTINCT ON (lane) lane, target, budget, LEAST(GREATEST(COALESCE($10::timestamptz, clock_timestamp() - ${CLOCKS_DIFFER}), not_before), deadline), deadline FROM planned ORDER BY lane, n
     ON CONFLICT (lane) DO UPDATE SET plans = effect_lanes.plans + 1
   )
   INSERT INTO effects (id, lane, target, kind, payload, on_doubt, budget, deadline, not_before, planned_at, traceparent)
   SELECT id, lane, target, kind, payload::jsonb, on_doubt, budget, deadline, not_before, COALESCE($10, clock_timestamp()), traceparent FROM planned ORDER BY n
   ON CONFLICT (id) DO NOTHING`,
);

/** Writes plans down, in order, in the caller's transaction: one statement. Without a time it is the clock's of Postgres. */
export async function insertPlans(manager: EntityManager, plans: readonly EffectPlan[], now: Date | undefined): Promise<void> {
  if (plans.length === 0) return;
  const active = activeTraceparent();
  await insert(manager, [
    plans.map((plan) => plan.id ?? randomUUID()),
    plans.map((plan) => plan.lane),
    plans.map((plan) => plan.target),
    plans.map((plan) => plan.kind),
    plans.map((plan) => JSON.stringify(plan.payload)),
    plans.map((plan) => plan.onDoubt),
    plans.map((plan) => (plan.budget === 'low' ? 1 : 0)),
    plans.map((plan) => plan.deadline ?? null),
    plans.map((plan) => plan.notBefore ?? null),
    now ?? null,
    plans.map((plan) => plan.traceparent ?? active ?? null),
  ]);
}

const remove = statement<{ removed: number }>(
  'cancel',
  `WITH removed AS (
     DELETE FROM effects
     WHERE lane = $1 AND ended_at IS NULL AND state = 'planned'
       AND ($2::text[] IS NULL OR kind = ANY ($2)) AND ($3::uuid[] IS NULL OR id = ANY ($3))
     RETURNING 1
   ), woken AS (
     UPDATE effect_lanes SET next_at = COALESCE($4::timestamptz, clock_timestamp()) WHERE lane = $1 AND lease_owner IS NULL AND EXISTS (SELECT FROM removed)
   )
   SELECT count(*)::integer AS removed FROM removed`,
);

/** What waited behind a removed effect is due at once. */
export async function removePlans(
  manager: EntityManager,
  lane: string,
  which: { kinds?: readonly string[] | undefined; ids?: readonly string[] | undefined },
  now: Date | undefined,
): Promise<number> {
  const [row] = await remove(manager, [lane, which.kinds ?? null, which.ids ?? null, now ?? null]);
  return row?.removed ?? 0;
}

const prune = statement<{ removed: number }>(
  'prune',
  `WITH removed AS (
     DELETE FROM effects WHERE position = ANY (ARRAY(SELECT position FROM effects WHERE ended_at < $1 LIMIT $2 FOR UPDATE SKIP LOCKED)) RETURNING 1
   )
   SELECT count(*)::integer AS removed FROM removed`,
);

export async function removeEnded(manager: EntityManager, before: Date, limit: number): Promise<number> {
  const [row] = await prune(manager, [before, limit]);
  return row?.removed ?? 0;
}
