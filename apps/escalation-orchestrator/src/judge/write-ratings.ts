import type { EntityManager } from 'typeorm';
import { prepared } from './statements.js';
import { toJson } from './storable.js';
import type { Writings } from './writings.js';

/** The first rating of a stretch counts; who adds a comment to it later is heard, too. Times are ms. */
const write = prepared<never>(
  'write-ratings',
  `INSERT INTO ratings AS r (conversation_id, bot_id, stretch, number, handover_id, stars, comment, via, at)
   SELECT conversation_id, bot_id, stretch, number, handover_id, stars, comment, via, to_timestamp(at / 1000.0)
   FROM json_to_recordset($1::json) AS n(conversation_id uuid, bot_id text, stretch text, number integer, handover_id uuid, stars smallint,
     comment text, via text, at double precision)
   ON CONFLICT (conversation_id, stretch, number, via) DO UPDATE SET comment = coalesce(r.comment, excluded.comment)`,
);

export async function writeRatings(manager: EntityManager, ratings: Writings['ratings']): Promise<void> {
  const rows = new Map<string, object>();
  for (const { conversationId, botId, at, rating } of ratings) {
    const { stretch, number, handoverId, stars, comment, via } = rating;
    const key = [conversationId, stretch, number, via].join(' ');
    const row = { conversation_id: conversationId, bot_id: botId, stretch, number, handover_id: handoverId, stars, comment, via, at };
    const before = rows.get(key);
    rows.set(key, before ? { ...before, ...(comment === null ? {} : { comment }) } : row);
  }
  await write(manager, [toJson([...rows.values()])]);
}
