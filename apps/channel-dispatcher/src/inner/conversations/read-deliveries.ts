import type { Author, Floor } from '@baton/contracts';
import type { DataSource } from 'typeorm';

/** A line of the visitor's log and what is known of its way to him; times in ms. */
export interface DeliveryFact {
  readonly kind: 'delivery';
  readonly id: string;
  /** When it stood in his log. */
  readonly at: number;
  readonly seq: number;
  readonly line: 'message' | 'edit' | 'removal' | 'mode' | 'gap';
  readonly messageId: string | null;
  readonly author: Author['kind'] | null;
  readonly floor: Floor | null;
  /** Of a line to the visitor. */
  readonly reached: 'log' | 'delivered' | 'seen';
  /** Where it goes out by Messenger, part by part. */
  readonly parts: readonly DeliveryPart[];
}

export interface DeliveryPart {
  readonly part: number;
  readonly state: 'open' | 'sent' | 'failed';
  readonly failure: string | null;
  readonly askedAt: number | null;
  readonly sentAt: number | null;
  readonly delivered: boolean;
  /** Meta's own name of it. */
  readonly mid: string | null;
  readonly attempts: number | null;
  readonly inDoubt: boolean | null;
  readonly reason: string | null;
}

/** Where the visitor is; times in ms. */
export interface ChannelHead {
  readonly botId: string;
  readonly channel: string;
  readonly present: boolean;
  readonly leftAt: number | null;
  readonly lastSeq: number;
  readonly deliveredUpTo: number;
  readonly seenUpTo: number;
  /** Deliveries that wait for one before them. */
  readonly heldBack: number;
}

const ms = (column: string): string => `round(extract(epoch FROM ${column}) * 1000)::double precision`;

const HEAD = `
  SELECT bot_id AS "botId", channel, present, ${ms('left_at')} AS "leftAt", next_seq - 1 AS "lastSeq", delivered_up_to AS "deliveredUpTo",
    seen_up_to AS "seenUpTo", held AS "heldBack"
  FROM conversations WHERE id = $1`;

const LINES = `
  SELECT 'delivery' AS kind, 'seq-' || l.seq AS id, ${ms('l.at')} AS at, l.seq, l.kind AS line, l.message_id AS "messageId", l.author,
    CASE WHEN l.kind = 'mode' THEN l.frame ->> 'floor' END AS floor,
    CASE WHEN l.seq <= c.seen_up_to OR m.status = 'seen' THEN 'seen'
      WHEN l.seq <= c.delivered_up_to OR m.status = 'delivered' THEN 'delivered' ELSE 'log' END AS reached,
    coalesce(p.parts, '[]') AS parts
  FROM log l JOIN conversations c ON c.id = l.conversation_id
  LEFT JOIN messenger_messages m ON m.conversation_id = l.conversation_id AND m.message_id = l.message_id
  LEFT JOIN LATERAL (
    SELECT json_agg(json_build_object('part', p.part, 'state', p.state, 'failure', p.failure, 'askedAt', ${ms('p.asked_at')},
      'sentAt', ${ms('p.sent_at')}, 'delivered', p.delivered, 'mid', p.mid, 'attempts', e.attempts, 'inDoubt', e.in_doubt, 'reason', e.reason)
      ORDER BY p.part) AS parts
    FROM messenger_parts p
    LEFT JOIN effects e ON e.ended_at IS NULL AND e.lane = p.conversation_id::text AND e.payload ->> 'messageId' = p.message_id::text
      AND (e.payload ->> 'part')::integer = p.part
    WHERE p.conversation_id = l.conversation_id AND p.message_id = l.message_id AND l.kind = 'message'
  ) p ON true
  WHERE l.conversation_id = $1 AND l.at < $2 AND (l.author IS NULL OR l.author <> 'visitor') ORDER BY l.seq DESC LIMIT $3`;

/** Null where nothing was ever written, or the conversation belongs to none of these bots. */
export async function readChannelHead(dataSource: DataSource, id: string, botIds: readonly string[]): Promise<ChannelHead | null> {
  const [head] = await dataSource.query<ChannelHead[]>(HEAD, [id]);
  return head && botIds.includes(head.botId) ? head : null;
}

/** The newest lines to the visitor up to a time. */
export function readDeliveries(
  dataSource: DataSource,
  { id, before, limit }: { id: string; before: Date | 'infinity'; limit: number },
): Promise<DeliveryFact[]> {
  return dataSource.query(LINES, [id, before, limit]);
}
