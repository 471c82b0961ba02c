import type { DataSource } from 'typeorm';
import { z } from 'zod';
import type { Outcome } from '@baton/contracts';
import { PageShape, pageOf } from '../doors/paging.js';
import { outcomeColumns, outcomeOf } from './facts.sql.js';
import type { OutcomeRow } from './facts.sql.js';
import { PeriodShape } from './period.js';
import type { Period } from './period.js';

/** Postgres knows no text with the character NUL: no handover can have such a category. */
const CategorySchema = z
  .string()
  .trim()
  .min(1)
  .max(64)
  .refine((name) => !name.includes('\0'), 'must not contain the character NUL');

/** The query of `GET /v1/outcomes`. */
export const OutcomesQuerySchema = z.strictObject({ ...PeriodShape, category: CategorySchema.optional(), ...PageShape });
export type OutcomesQuery = z.output<typeof OutcomesQuerySchema>;

/** One handover; the outcome's `revision` is 0 until it has ended. */
export interface ListedOutcome {
  readonly handover_id: string;
  readonly conversation_id: string;
  readonly channel: string;
  readonly category: string | null;
  readonly outcome: Outcome;
}

interface Row extends OutcomeRow {
  readonly handover_id: string;
  readonly conversation_id: string;
  readonly channel: string;
  readonly category: string | null;
}

/** The handovers that were asked for in a period, of one bot, newest first. @param now ms */
export async function listOutcomes(
  dataSource: Pick<DataSource, 'query'>,
  botId: string,
  { category, limit, before }: Omit<OutcomesQuery, 'from' | 'to'>,
  period: Period,
  now: number,
): Promise<{ outcomes: readonly ListedOutcome[]; next: string | null }> {
  const rows = await dataSource.query<Row[]>(
    `SELECT h.id AS handover_id, h.conversation_id, c.channel, h.category, ${outcomeColumns('to_timestamp($2 / 1000.0)')}
     FROM handovers h JOIN conversations c ON c.id = h.conversation_id
     WHERE h.bot_id = $1 AND h.requested_at >= to_timestamp($3 / 1000.0) AND h.requested_at < to_timestamp($4 / 1000.0)
       AND ($5::text IS NULL OR lower(h.category) = lower($5))
       AND ($6::float8 IS NULL OR (h.requested_at, h.id) < (to_timestamp($6 / 1000.0), $7::uuid))
     ORDER BY h.requested_at DESC, h.id DESC LIMIT $8`,
    [botId, now, period.from, period.to, category ?? null, before?.at ?? null, before?.id ?? null, limit + 1],
  );
  const { rows: page, next } = pageOf(rows, limit, (row) => ({ at: row.requested_at.getTime(), id: row.handover_id }));
  return { outcomes: page.map(listed), next };
}

function listed(row: Row): ListedOutcome {
  const { handover_id, conversation_id, channel, category } = row;
  return { handover_id, conversation_id, channel, category, outcome: outcomeOf(row) };
}
