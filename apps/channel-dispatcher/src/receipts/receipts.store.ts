import { prepared } from '@baton/messaging';
import type { EntityManager } from 'typeorm';

/** What the sockets of one conversation took since the last time. */
export interface Progress {
  readonly conversationId: string;
  /** Lines after this one … */
  readonly deliveredAfter: number;
  /** … up to this one were written to an open socket. */
  readonly deliveredUpTo: number;
  /** Everything up to here was on a visible panel; 0 when nothing new. */
  readonly seenUpTo: number;
  /** W3C trace context of the last line among them that is traced. */
  readonly traceparent?: string | undefined;
}

export interface Receipted {
  readonly conversationId: string;
  readonly botId: string;
  readonly messageId: string;
  readonly status: 'delivered' | 'seen';
}

const NOTE = {
  name: 'dispatcher-note-progress',
  text: `
    WITH locked AS (
       SELECT c.id, c.bot_id, c.seen_up_to AS seen_before, greatest(c.delivered_up_to, p."deliveredAfter") AS delivered_before,
              greatest(c.seen_up_to, least(p."seenUpTo", c.next_seq - 1)) AS seen,
              greatest(c.delivered_up_to, p."deliveredUpTo") AS delivered
       FROM conversations c
       JOIN json_to_recordset($1) AS p("conversationId" uuid, "deliveredAfter" int, "deliveredUpTo" int, "seenUpTo" int)
         ON c.id = p."conversationId"
       ORDER BY c.id FOR UPDATE OF c
     ), moved AS (
       UPDATE conversations c SET seen_up_to = l.seen, delivered_up_to = greatest(l.delivered, l.seen)
       FROM locked l WHERE c.id = l.id
     )
     SELECT l.id AS "conversationId", l.bot_id AS "botId", g.message_id AS "messageId",
            CASE WHEN g.seq <= l.seen THEN 'seen' ELSE 'delivered' END AS status
     FROM locked l
     CROSS JOIN LATERAL (
       SELECT seq, message_id FROM log
       WHERE conversation_id = l.id AND kind = 'message' AND author IN ('bot', 'agent')
         AND seq > CASE WHEN l.seen > l.seen_before THEN l.seen_before ELSE l.delivered_before END
         AND seq <= greatest(l.seen, l.delivered)
         AND (seq <= l.seen OR seq > l.delivered_before)
     ) g ORDER BY l.id, g.seq`,
};

/**
 * Notes progress and returns the messages of bot and agent that were not known as delivered or seen before; what was seen is not told
 * as delivered again.
 */
export function noteProgress(manager: EntityManager, progress: readonly Progress[]): Promise<Receipted[]> {
  return prepared<Receipted>(manager, NOTE, [JSON.stringify(progress)]);
}
