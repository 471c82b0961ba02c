import { z } from 'zod';
import type { DataSource } from 'typeorm';
import { UuidSchema } from '@baton/contracts';
import { PageShape, pageOf } from '../doors/paging.js';
import { isBrokenInSql, isNearEndInSql } from './in-sql.js';

export const PromiseStateSchema = z.enum(['open', 'near', 'broken', 'kept', 'cancelled', 'apologised']);

/** The query of `GET /v1/promises`. */
export const PromisesQuerySchema = z.strictObject({
  state: PromiseStateSchema.optional(),
  conversation_id: UuidSchema.optional(),
  ...PageShape,
});
export type PromisesQuery = z.output<typeof PromisesQuerySchema>;

/** A promise as the bot's own people see it; times are ISO 8601. */
export interface ListedPromise {
  readonly id: string;
  readonly conversation_id: string;
  readonly handover_id: string | null;
  readonly kind: string;
  /** The line that said it. */
  readonly message_id: string;
  readonly text: string | null;
  readonly made_at: string;
  readonly due_at: string;
  readonly warned_at: string | null;
  readonly ended_at: string | null;
  /** Null while it is open. */
  readonly ended: string | null;
  /** It ended too late, or is still open though its time is over. */
  readonly broken: boolean;
}

interface Row extends Omit<ListedPromise, 'made_at' | 'due_at' | 'warned_at' | 'ended_at'> {
  readonly made_at: Date;
  readonly due_at: Date;
  readonly warned_at: Date | null;
  readonly ended_at: Date | null;
}

const NOW = 'to_timestamp($2 / 1000.0)';
const IN_STATE: Readonly<Record<z.output<typeof PromiseStateSchema>, string>> = {
  open: 'ended_at IS NULL',
  near: isNearEndInSql(NOW),
  broken: isBrokenInSql(NOW),
  kept: "ended = 'kept'",
  cancelled: "ended = 'cancelled'",
  apologised: "ended = 'apologised'",
};

/** One bot's promises, newest first. @param now ms */
export async function listPromises(
  dataSource: Pick<DataSource, 'query'>,
  botId: string,
  query: PromisesQuery,
  now: number,
): Promise<{ promises: readonly ListedPromise[]; next: string | null }> {
  const { state, conversation_id, limit, before } = query;
  const rows = await dataSource.query<Row[]>(
    `SELECT id, conversation_id, handover_id, kind, message_id, text, made_at, due_at, warned_at, ended_at, ended, ${isBrokenInSql(NOW)} AS broken
     FROM promises
     WHERE bot_id = $1 AND ${state === undefined ? 'true' : IN_STATE[state]}
       AND ($3::uuid IS NULL OR conversation_id = $3)
       AND ($4::float8 IS NULL OR (made_at, id) < (to_timestamp($4 / 1000.0), $5::uuid))
     ORDER BY made_at DESC, id DESC LIMIT $6`,
    [botId, now, conversation_id ?? null, before?.at ?? null, before?.id ?? null, limit + 1],
  );
  const { rows: page, next } = pageOf(rows, limit, ({ made_at, id }) => ({ at: made_at.getTime(), id }));
  return { promises: page.map(listed), next };
}

function listed(row: Row): ListedPromise {
  return {
    ...row,
    made_at: row.made_at.toISOString(),
    due_at: row.due_at.toISOString(),
    warned_at: row.warned_at?.toISOString() ?? null,
    ended_at: row.ended_at?.toISOString() ?? null,
  };
}
