import type { EntityManager } from 'typeorm';
import { prepared } from './statements.js';
import { toJson } from './storable.js';
import type { Writings } from './writings.js';

/** Of what was said so much is kept for the list of promises. */
const LONGEST_TEXT = 1_000;

/** Those that were made in this batch with all that became of them in it, and what became of earlier ones. Times are ms. */
const write = prepared<never>(
  'write-promises',
  `WITH news AS MATERIALIZED (
     SELECT id, conversation_id, bot_id, handover_id, kind, message_id, text, to_timestamp(made_at / 1000.0) AS made_at,
       to_timestamp(due_at / 1000.0) AS due_at, to_timestamp(warned_at / 1000.0) AS warned_at, to_timestamp(ended_at / 1000.0) AS ended_at, ended
     FROM json_to_recordset($1::json) AS n(id uuid, conversation_id uuid, bot_id text, handover_id uuid, kind text, message_id uuid, text text,
       made_at double precision, due_at double precision, warned_at double precision, ended_at double precision, ended text)
     ORDER BY id
   ), made AS (
     INSERT INTO promises (id, conversation_id, bot_id, handover_id, kind, message_id, text, made_at, due_at, warned_at, ended_at, ended)
     SELECT * FROM news WHERE made_at IS NOT NULL
     ON CONFLICT (id) DO NOTHING
   )
   UPDATE promises p
   SET due_at = coalesce(n.due_at, p.due_at), warned_at = coalesce(p.warned_at, n.warned_at), ended_at = n.ended_at, ended = n.ended
   FROM news n WHERE n.made_at IS NULL AND p.id = n.id AND p.ended_at IS NULL`,
);

export async function writePromises(manager: EntityManager, promises: Writings['promises']): Promise<void> {
  await write(manager, [toJson(rowsOf(promises))]);
}

/** One row per promise: several decisions of a batch may be about the same. */
function rowsOf(promises: Writings['promises']): object[] {
  const rows = new Map<string, object>();
  for (const { conversationId, botId, at, change } of promises) {
    const id = change.is === 'made' ? change.promise.id : change.id;
    rows.set(id, { ...(rows.get(id) ?? { id, conversation_id: conversationId, bot_id: botId }), ...columnsOf(change, at) });
  }
  return [...rows.values()];
}

function columnsOf(change: Writings['promises'][number]['change'], at: number): object {
  switch (change.is) {
    case 'made': {
      const { handoverId, kind, madeAt, dueAt } = change.promise;
      const text = [...change.text].slice(0, LONGEST_TEXT).join('');
      return { handover_id: handoverId, kind, message_id: change.messageId, text, made_at: madeAt, due_at: dueAt };
    }
    case 'warned':
      return { warned_at: at };
    case 'moved':
      return { due_at: change.dueAt };
    case 'kept':
    case 'cancelled':
    case 'apologised':
      return { ended_at: at, ended: change.is };
  }
}
