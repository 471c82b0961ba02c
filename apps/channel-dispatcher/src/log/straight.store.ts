import { prepared } from '@baton/messaging';
import { ERASED_ADDRESS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import type { Straight } from './straight.js';
import { storableJson } from './storable.js';
import { tellHolders } from './tell-holders.js';

const APPEND = {
  name: 'dispatcher-append-straight',
  text: `
    WITH given AS (
      SELECT * FROM json_to_recordset($1) AS g(id uuid, size int, first int, next int, "lowestEpoch" int, "highestEpoch" int, floor text, agent jsonb)
    ), taken AS (
      SELECT c.id, c.next_seq, g.size, g.next, g."highestEpoch", g.floor, g.agent
      FROM conversations c JOIN given g ON g.id = c.id
      WHERE c.address <> '${ERASED_ADDRESS}'
        AND (g.first IS NULL OR (c.next_delivery_sequence = g.first AND c.held = 0 AND c.epoch <= g."lowestEpoch"))
      ORDER BY c.id FOR UPDATE OF c
    ), lines AS (
      INSERT INTO log (conversation_id, seq, kind, message_id, author, client_id, frame, at)
      SELECT t.id, t.next_seq + d.nth, d.kind, d."messageId", d.author, d."clientId",
             ('{"t":"' || d.kind || '","seq":' || (t.next_seq + d.nth) || ',' || d.rest)::json, d.at
      FROM json_to_recordset($2) AS d("conversationId" uuid, nth int, kind text, "messageId" uuid, author text, "clientId" uuid, rest text,
                                      at timestamptz)
      JOIN taken t ON t.id = d."conversationId"
    ), moved AS (
      UPDATE conversations c
      SET next_seq = t.next_seq + t.size,
          next_delivery_sequence = coalesce(t.next, c.next_delivery_sequence),
          epoch = coalesce(t."highestEpoch", c.epoch),
          floor = coalesce(t.floor, c.floor),
          agent = CASE WHEN t.floor IS NULL THEN c.agent ELSE t.agent END
      FROM taken t WHERE c.id = t.id
    ), ${tellHolders('SELECT id FROM taken', '$3')}
    SELECT id, next_seq AS "firstSeq", (SELECT count(*) FROM told) AS told FROM taken`,
};

/**
 * Writes the lines of every conversation whose turn they are, in one statement, and tells the other replicas that hold sockets of them.
 * @returns by conversation the `seq` of its first line; those left out are untouched
 * @throws what {@link isKnownAlready} tells when one of the messages is in its log already: then nothing at all is written
 */
export async function appendStraight(
  on: DataSource | EntityManager,
  straights: readonly Straight[],
  instance: string,
): Promise<Map<string, number>> {
  const given = straights.map(({ conversationId: id, drafts, turn, floor }) => ({ id, size: drafts.length, ...turn, ...floor }));
  const drafts = straights.flatMap(({ conversationId, drafts }) => drafts.map((draft, nth) => ({ conversationId, nth, ...draft })));
  const rows = await prepared<{ id: string; firstSeq: number }>(on, APPEND, [storableJson(given), JSON.stringify(drafts), instance]);
  return new Map(rows.map(({ id, firstSeq }) => [id, firstSeq]));
}

/** Whether an error says that a message is in the log already. */
export function isKnownAlready(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === '23505';
}
