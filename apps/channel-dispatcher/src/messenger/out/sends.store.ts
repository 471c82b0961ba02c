import type { Author, DeliveryFailure, DeliveryStatus } from '@baton/contracts';
import { prepared } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { storableJson } from '../../log/storable.js';
import type { Outcome } from '../../receipts/receipt-records.js';
import type { PlannedPart } from './planned-part.js';

/** Which part of which message. */
export interface PartKey {
  readonly conversationId: string;
  readonly messageId: string;
  readonly part: number;
}

export interface MessageToSend {
  readonly conversationId: string;
  readonly messageId: string;
  readonly author: Author;
  readonly epoch: number;
  readonly withdrawable: boolean;
  readonly plannedAt: Date;
}

export interface PartToSend extends PartKey {
  /** Of the line of the log that it shows. */
  readonly seq: number;
  readonly content: PlannedPart;
}

/** A message on its way, as far as it got. */
export interface UnderWay {
  readonly author: Author;
  readonly status: DeliveryStatus | 'open';
  readonly plannedAt: Date;
  readonly parts: readonly { readonly part: number; readonly seq: number; readonly state: 'open' | 'sent' | 'failed' }[];
}

/** A part that has not come to its end, with what planning it again needs. */
export interface OpenPart extends PartKey {
  readonly authorKind: Author['kind'];
  readonly plannedAt: Date;
}

/** Everything that is known of a part when its turn comes. */
export interface PartAtHand {
  readonly content: PlannedPart | null;
  readonly state: 'open' | 'sent' | 'failed';
  readonly mid: string | null;
  readonly askedAt: Date | null;
  readonly sentAt: Date | null;
  readonly author: Author;
  readonly status: DeliveryStatus | 'open';
  readonly epoch: number;
  readonly withdrawable: boolean;
  readonly plannedAt: Date;
  readonly othersSent: boolean;
  /** Of those that show its line. */
  readonly isFirst: boolean;
  readonly conversationEpoch: number;
  readonly lastUserActionAt: Date | null;
  readonly stoppedAt: Date | null;
  readonly reason: string | null;
  readonly tokenMark: string | null;
  readonly probedAt: Date | null;
  readonly slowUntil: Date | null;
}

const AT_HAND = {
  name: 'dispatcher-messenger-part',
  text: `
    SELECT p.content, p.state, p.mid, p.asked_at AS "askedAt", p.sent_at AS "sentAt",
           m.author, m.status, m.epoch, m.withdrawable, m.planned_at AS "plannedAt",
           EXISTS (SELECT 1 FROM messenger_parts o
                   WHERE o.conversation_id = p.conversation_id AND o.message_id = p.message_id AND o.state = 'sent') AS "othersSent",
           NOT EXISTS (SELECT 1 FROM messenger_parts o WHERE o.conversation_id = p.conversation_id AND o.message_id = p.message_id
                       AND o.seq = p.seq AND o.part < p.part) AS "isFirst",
           c.epoch AS "conversationEpoch", t.last_user_action_at AS "lastUserActionAt",
           g.stopped_at AS "stoppedAt", g.reason, g.token_mark AS "tokenMark", g.probed_at AS "probedAt", g.slow_until AS "slowUntil"
    FROM messenger_parts p
    JOIN messenger_messages m ON m.conversation_id = p.conversation_id AND m.message_id = p.message_id
    JOIN conversations c ON c.id = p.conversation_id
    LEFT JOIN messenger_threads t ON t.conversation_id = p.conversation_id
    LEFT JOIN messenger_pages g ON g.page_id = $4
    WHERE p.conversation_id = $1 AND p.message_id = $2 AND p.part = $3`,
};

const ASKED = {
  name: 'dispatcher-messenger-asked',
  text: `UPDATE messenger_parts SET asked_at = $4 WHERE conversation_id = $1 AND message_id = $2 AND part = $3 AND state = 'open'`,
};

/** A failed message whose words did arrive after all, as an echo proves, becomes a sent one. */
const RANK = (status: string): string => `array_position(ARRAY['open', 'failed', 'sent', 'delivered', 'seen'], ${status})`;

const ADVANCE = {
  name: 'dispatcher-messenger-advance',
  text: `
    WITH reached AS (
      SELECT m.conversation_id, m.message_id, m.status AS before,
             CASE WHEN last.sent_at <= t.seen_until THEN 'seen'
                  WHEN last.delivered OR last.sent_at <= t.delivered_until THEN 'delivered'
                  ELSE 'sent' END AS status
      FROM messenger_messages m
      CROSS JOIN LATERAL (
        SELECT p.sent_at, p.delivered FROM messenger_parts p
        WHERE p.conversation_id = m.conversation_id AND p.message_id = m.message_id ORDER BY p.part DESC LIMIT 1
      ) last
      LEFT JOIN messenger_threads t ON t.conversation_id = m.conversation_id
      WHERE m.conversation_id = ANY($1::uuid[]) AND m.status NOT IN ('seen', 'superseded')
        AND NOT EXISTS (
          SELECT 1 FROM messenger_parts o WHERE o.conversation_id = m.conversation_id AND o.message_id = m.message_id AND o.state <> 'sent'
        )
    ), moved AS (
      UPDATE messenger_messages m SET status = r.status FROM reached r
      WHERE m.conversation_id = r.conversation_id AND m.message_id = r.message_id AND ${RANK('r.status')} > ${RANK('r.before')}
      RETURNING m.conversation_id, m.message_id, m.status, m.planned_at
    )
    SELECT v.conversation_id AS "conversationId", c.bot_id AS "botId", v.message_id AS "messageId", v.status
    FROM moved v JOIN conversations c ON c.id = v.conversation_id ORDER BY v.conversation_id, v.planned_at, v.message_id`,
};

/** What is on its way to people in Messenger. Whoever changes it holds the row lock of the conversation, unless said otherwise. */
export class SendsStore {
  constructor(private readonly dataSource: DataSource) {}

  /** Writes messages with their parts; those that are there stay as they are. */
  async add(manager: EntityManager, messages: readonly MessageToSend[], parts: readonly PartToSend[]): Promise<void> {
    await manager.query(
      `WITH messages AS (
         INSERT INTO messenger_messages (conversation_id, message_id, author, epoch, withdrawable, planned_at)
         SELECT "conversationId", "messageId", author, epoch, withdrawable, "plannedAt"
         FROM json_to_recordset($1) AS m("conversationId" uuid, "messageId" uuid, author jsonb, epoch int, withdrawable boolean,
                                         "plannedAt" timestamptz)
         ON CONFLICT DO NOTHING
       )
       INSERT INTO messenger_parts (conversation_id, message_id, part, seq, content)
       SELECT "conversationId", "messageId", part, seq, content
       FROM json_to_recordset($2) AS p("conversationId" uuid, "messageId" uuid, part int, seq int, content jsonb)
       ON CONFLICT DO NOTHING`,
      [storableJson(messages), storableJson(parts)],
    );
  }

  async underWay(manager: EntityManager, conversationId: string, messageId: string): Promise<UnderWay | undefined> {
    const rows = await manager.query<UnderWay[]>(
      `SELECT m.author, m.status, m.planned_at AS "plannedAt",
              coalesce((SELECT json_agg(json_build_object('part', p.part, 'seq', p.seq, 'state', p.state) ORDER BY p.seq, p.part)
                        FROM messenger_parts p WHERE p.conversation_id = $1 AND p.message_id = $2), '[]') AS parts
       FROM messenger_messages m WHERE m.conversation_id = $1 AND m.message_id = $2`,
      [conversationId, messageId],
    );
    return rows[0];
  }

  /** Who wrote a message of ours, by the visitor's log; undefined when it is not there. */
  async authorInLog(manager: EntityManager, conversationId: string, messageId: string): Promise<Author | undefined> {
    const rows = await manager.query<{ author: Author }[]>(
      `SELECT frame->'author' AS author FROM log
       WHERE conversation_id = $1 AND message_id = $2 AND kind = 'message' AND frame->'author'->>'kind' IN ('bot', 'agent', 'system')`,
      [conversationId, messageId],
    );
    return rows[0]?.author;
  }

  /** All parts of a conversation that have not come to their end, in the order in which they are to be sent. */
  async open(manager: EntityManager, conversationId: string): Promise<OpenPart[]> {
    return manager.query<OpenPart[]>(
      `SELECT p.conversation_id AS "conversationId", p.message_id AS "messageId", p.part,
              m.author->>'kind' AS "authorKind", m.planned_at AS "plannedAt"
       FROM messenger_parts p
       JOIN messenger_messages m ON m.conversation_id = p.conversation_id AND m.message_id = p.message_id
       WHERE p.conversation_id = $1 AND p.state = 'open' ORDER BY p.seq, p.part`,
      [conversationId],
    );
  }

  async removeParts(manager: EntityManager, conversationId: string, messageId: string, parts: readonly number[]): Promise<void> {
    await manager.query(`DELETE FROM messenger_parts WHERE conversation_id = $1 AND message_id = $2 AND part = ANY($3::int[])`, [
      conversationId,
      messageId,
      parts,
    ]);
  }

  /** What is under way just now is not sent once more, should Meta not have taken it. */
  async forgetWords(manager: EntityManager, conversationId: string, messageId: string, parts: readonly number[]): Promise<void> {
    await manager.query(
      `UPDATE messenger_parts SET content = NULL WHERE conversation_id = $1 AND message_id = $2 AND part = ANY($3::int[]) AND state = 'open'`,
      [conversationId, messageId, parts],
    );
  }

  /**
   * Takes away a part that nobody wants any more.
   * @returns `sent` when it was sent after all; `others` when its message has more parts; else whether it surely was not sent
   */
  async drop(manager: EntityManager, { conversationId, messageId, part }: PartKey): Promise<'sent' | 'others' | 'unsent' | 'in-doubt'> {
    const [[dropped]] = await manager.query<[{ askedAt: Date | null }[], number]>(
      `DELETE FROM messenger_parts WHERE conversation_id = $1 AND message_id = $2 AND part = $3 AND state = 'open' RETURNING asked_at AS "askedAt"`,
      [conversationId, messageId, part],
    );
    if (!dropped) return 'sent';
    const others = `SELECT FROM messenger_parts WHERE conversation_id = $1 AND message_id = $2 LIMIT 1`;
    if ((await manager.query<unknown[]>(others, [conversationId, messageId])).length > 0) return 'others';
    return dropped.askedAt === null ? 'unsent' : 'in-doubt';
  }

  /** Takes no part in any lock: it only reads. */
  async atHand({ conversationId, messageId, part }: PartKey, pageId: string): Promise<PartAtHand | undefined> {
    return (await prepared<PartAtHand>(this.dataSource, AT_HAND, [conversationId, messageId, part, pageId]))[0];
  }

  /** Notes, right before the call and for whoever comes after a crash, that Meta is being asked. The worker's lease guards it. */
  async noteAsked({ conversationId, messageId, part }: PartKey, now: Date): Promise<void> {
    await prepared(this.dataSource, ASKED, [conversationId, messageId, part, now]);
  }

  /** The call surely had no effect: whoever comes next need not look for its echo. The worker's lease guards it. */
  async noteNotAsked({ conversationId, messageId, part }: PartKey): Promise<void> {
    await prepared(this.dataSource, ASKED, [conversationId, messageId, part, null]);
  }

  /** Meta said once more that it, or the person, is not there for the moment; returns how often it did. The worker's lease guards it. */
  async countUnavailable({ conversationId, messageId, part }: PartKey): Promise<number> {
    const [rows] = await this.dataSource.query<[{ count: number }[], number]>(
      `UPDATE messenger_parts SET unavailable = unavailable + 1
       WHERE conversation_id = $1 AND message_id = $2 AND part = $3 RETURNING unavailable AS count`,
      [conversationId, messageId, part],
    );
    return rows[0]?.count ?? 1;
  }

  /** Notes of what kind the refusal is with which the effect is about to end. The worker's lease guards it. */
  async noteFailure({ conversationId, messageId, part }: PartKey, failure: DeliveryFailure): Promise<void> {
    await this.dataSource.query(`UPDATE messenger_parts SET failure = $4 WHERE conversation_id = $1 AND message_id = $2 AND part = $3`, [
      conversationId,
      messageId,
      part,
      failure,
    ]);
  }

  async sent(manager: EntityManager, { conversationId, messageId, part }: PartKey, mid: string | null, at: Date): Promise<void> {
    await manager.query(
      `UPDATE messenger_parts SET state = 'sent', content = NULL, mid = coalesce(mid, $4), sent_at = coalesce(sent_at, $5)
       WHERE conversation_id = $1 AND message_id = $2 AND part = $3`,
      [conversationId, messageId, part, mid, at],
    );
  }

  /** Ends a part that was not sent; gives the kind of failure that was noted, null without one, undefined when it was sent after all. */
  async failed(manager: EntityManager, { conversationId, messageId, part }: PartKey): Promise<DeliveryFailure | null | undefined> {
    const [rows] = await manager.query<[{ failure: DeliveryFailure | null }[], number]>(
      `UPDATE messenger_parts SET state = 'failed', content = NULL
       WHERE conversation_id = $1 AND message_id = $2 AND part = $3 AND state = 'open' RETURNING failure`,
      [conversationId, messageId, part],
    );
    return rows[0]?.failure;
  }

  /** Ends a message as failed or superseded; returns whether it was not so before. */
  async end(
    manager: EntityManager,
    { conversationId, messageId }: Omit<PartKey, 'part'>,
    status: 'failed' | 'superseded',
  ): Promise<boolean> {
    const [rows] = await manager.query<[unknown[], number]>(
      `UPDATE messenger_messages SET status = $3
       WHERE conversation_id = $1 AND message_id = $2 AND status NOT IN ('failed', 'superseded') RETURNING 1`,
      [conversationId, messageId, status],
    );
    return rows.length > 0;
  }

  /** Moves messages forward to what is known of them, never back; returns those that moved. */
  advance(manager: EntityManager, conversationIds: readonly string[]): Promise<Outcome[]> {
    return prepared<Outcome>(manager, ADVANCE, [conversationIds]);
  }
}
