import type { EntityManager } from 'typeorm';
import type { Effects } from '@baton/effects';
import { prepared } from './statements.js';
import type { Writings } from './writings.js';

const plannedOf = prepared<{ id: string }>(
  'planned-effects-of-handover',
  `SELECT id FROM effects WHERE lane = $1 AND payload->>'handoverId' = $2 AND state = 'planned'`,
);

/** Takes back what was planned for these handovers and has not been begun; what is at Crisp already ends by itself and is judged then. */
export async function withdrawEffects(
  manager: EntityManager,
  effects: Pick<Effects, 'cancel'>,
  withdrawals: Writings['withdrawals'],
): Promise<void> {
  for (const { lane, handoverId } of withdrawals) {
    const rows = await plannedOf(manager, [lane, handoverId]);
    if (rows.length > 0) await effects.cancel(manager, lane, { ids: rows.map((row) => row.id) });
  }
}
