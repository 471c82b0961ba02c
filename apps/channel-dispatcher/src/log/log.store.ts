import { UuidSchema } from '@baton/contracts';
import { prepared } from '@baton/messaging';
import { ERASED_ADDRESS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import type { Arrival, Rewrite } from './append-deliveries.js';
import { unwritten } from './log-line.js';
import type { Address, Conversation } from './log-line.js';
import { storableJson } from './storable.js';
import { tellHolders } from './tell-holders.js';
import type { WrittenLine } from './written-line.js';

/** A conversation whose row is locked until the transaction ends. */
export interface Locked {
  readonly conversation: Conversation;
  /** How many deliveries wait for an earlier one. */
  readonly heldCount: number;
  /** Which of the message ids asked for are in its log. */
  readonly shown: ReadonlySet<string>;
}

/** A message of the visitor that is in the log already. */
export interface Known {
  readonly conversationId: string;
  readonly clientId: string;
  readonly messageId: string;
  readonly seq: number;
  readonly at: string;
}

export interface HeldChange {
  readonly conversationId: string;
  readonly hold: readonly Arrival[];
  readonly released: readonly number[];
}

interface ConversationRow {
  id: string;
  bot_id: string;
  channel: string;
  address: string;
  next_seq: number;
  next_delivery_sequence: number;
  epoch: number;
  floor: Conversation['floor'];
  agent: Conversation['agent'];
  missing: Conversation['missing'];
  held: number;
  shown: string[];
}

const LINES_AFTER = {
  name: 'dispatcher-lines-after',
  text: `
      SELECT l.conversation_id AS "conversationId", l.seq, l.kind, l.message_id AS "messageId", l.author, l.client_id AS "clientId",
              l.frame->>'at' AS at, l.frame::text AS frame
       FROM json_to_recordset($1) AS w("conversationId" uuid, after int)
       CROSS JOIN LATERAL (
         SELECT * FROM log WHERE conversation_id = w."conversationId" AND seq > w.after ORDER BY seq LIMIT $2
       ) l ORDER BY l.conversation_id, l.seq`,
};

/** The visitors' logs in Postgres. Everything is set-based: the number of statements does not grow with the batch. */
export class LogStore {
  constructor(private readonly dataSource: DataSource) {}

  /**
   * Locks the conversations in the order of their ids (so that two batches never wait for each other in a circle) and creates
   * those that are not there yet.
   * @param messageIds for each of which `shown` tells whether it is in the log
   */
  async lock(manager: EntityManager, addresses: readonly Address[], messageIds: readonly string[] = []): Promise<Map<string, Locked>> {
    const wanted = new Map(addresses.map((address) => [address.id, address]));
    const locked = await this.lockExisting(manager, [...wanted.keys()], messageIds);
    const missing = [...wanted.values()].filter(({ id }) => !locked.has(id));
    if (missing.length > 0) {
      await this.create(manager, missing);
      const created = await this.lockExisting(
        manager,
        missing.map(({ id }) => id),
        messageIds,
      );
      for (const [id, entry] of created) locked.set(id, entry);
    }
    return locked;
  }

  /** Adds conversations that nothing was written to; those that exist stay as they are, but that the visitor of an erased one is known again. */
  async create(manager: EntityManager, addresses: readonly Address[]): Promise<void> {
    const sorted = [...addresses].sort((a, b) => (a.id < b.id ? -1 : 1));
    await manager.query(
      `INSERT INTO conversations (id, bot_id, channel, address)
       SELECT id, "botId", channel, address FROM json_to_recordset($1) AS given(id uuid, "botId" text, channel text, address text)
       ON CONFLICT (id) DO UPDATE SET address = excluded.address WHERE conversations.address = '${ERASED_ADDRESS}'`,
      [storableJson(sorted)],
    );
  }

  private async lockExisting(manager: EntityManager, ids: readonly string[], messageIds: readonly string[]): Promise<Map<string, Locked>> {
    const rows = await manager.query<ConversationRow[]>(
      `SELECT c.id, c.bot_id, c.channel, c.address, c.next_seq, c.next_delivery_sequence, c.epoch, c.floor, c.agent, c.missing, c.held,
              ARRAY(SELECT l.message_id FROM log l
                    WHERE l.conversation_id = c.id AND l.kind = 'message' AND l.message_id = ANY($2::uuid[])) AS shown
       FROM conversations c WHERE c.id = ANY($1::uuid[]) ORDER BY c.id FOR UPDATE OF c`,
      [ids, messageIds],
    );
    return new Map(rows.map((row) => [row.id, { conversation: conversationOf(row), heldCount: row.held, shown: new Set(row.shown) }]));
  }

  /** Reads what the visitor sent before under these client ids. */
  async known(manager: EntityManager, sends: readonly { conversationId: string; clientId: string }[]): Promise<Known[]> {
    return manager.query<Known[]>(
      `SELECT l.conversation_id AS "conversationId", l.client_id AS "clientId", l.message_id AS "messageId", l.seq, l.frame->>'at' AS at
       FROM json_to_recordset($1) AS sent("conversationId" uuid, "clientId" uuid)
       JOIN log l ON l.conversation_id = sent."conversationId" AND l.client_id = sent."clientId"`,
      [JSON.stringify(sends.map(({ conversationId, clientId }) => ({ conversationId, clientId })))],
    );
  }

  /**
   * Writes lines and the new state of their conversations, and tells the other replicas that hold sockets of them, all in one
   * statement. They hear of it when the transaction commits.
   */
  async append(
    manager: EntityManager,
    conversations: readonly Conversation[],
    lines: readonly WrittenLine[],
    instance: string,
  ): Promise<void> {
    await manager.query(
      `WITH lines AS (
         INSERT INTO log (conversation_id, seq, kind, message_id, author, client_id, frame, at)
         SELECT "conversationId", seq, kind, "messageId", author, "clientId", frame::json, at
         FROM json_to_recordset($1) AS line("conversationId" uuid, seq int, kind text, "messageId" uuid, author text, "clientId" uuid,
                                            frame text, at timestamptz)
       ), moved AS (
         UPDATE conversations c
         SET next_seq = m."nextSeq", next_delivery_sequence = m."nextDeliverySequence", epoch = m.epoch, floor = m.floor,
             agent = m.agent, missing = m.missing
         FROM json_to_recordset($2) AS m(id uuid, "nextSeq" int, "nextDeliverySequence" int, epoch int, floor text, agent jsonb, missing jsonb)
         WHERE c.id = m.id
       ), ${tellHolders('SELECT DISTINCT unnest($3::uuid[]) AS id', '$4')}
       SELECT count(*) FROM told`,
      [JSON.stringify(lines), storableJson(conversations), lines.map((line) => line.conversationId), instance],
    );
  }

  /**
   * Makes the log tell what the visitor should read now: an edited message has its new text, a removed one is gone with its words
   * and leaves its removal in its place.
   */
  async rewrite(manager: EntityManager, rewrites: readonly (Rewrite & { conversationId: string })[]): Promise<void> {
    // The last word on each message counts; two updates of one row in one statement would keep either.
    const last = new Map(rewrites.map((rewrite) => [`${rewrite.conversationId} ${rewrite.messageId}`, rewrite]));
    await manager.query(
      `UPDATE log l
       SET kind = CASE WHEN r.body IS NULL THEN 'removal' ELSE l.kind END,
           author = CASE WHEN r.body IS NULL THEN NULL ELSE l.author END,
           frame = CASE WHEN r.body IS NULL
             THEN json_build_object('t', 'removal', 'seq', l.seq, 'id', l.message_id, 'at', l.frame->>'at')
             ELSE jsonb_set(l.frame::jsonb, '{body}', r.body)::json END
       FROM json_to_recordset($1) AS r("conversationId" uuid, "messageId" uuid, body jsonb)
       WHERE l.conversation_id = r."conversationId" AND l.kind = 'message' AND l.message_id = r."messageId"`,
      [storableJson([...last.values()])],
    );
  }

  async held(manager: EntityManager, ids: readonly string[]): Promise<Map<string, Arrival[]>> {
    const rows = await manager.query<{ conversation_id: string; delivery_sequence: number; delivery: never; arrived_at: Date }[]>(
      `SELECT conversation_id, delivery_sequence, delivery, arrived_at FROM held_deliveries WHERE conversation_id = ANY($1::uuid[])`,
      [ids],
    );
    const byConversation = new Map<string, Arrival[]>();
    for (const row of rows) {
      const place = { sequence: row.delivery_sequence, arrivedAt: row.arrived_at };
      const arrival: Arrival = row.delivery === null ? { readable: false, ...place } : { readable: true, delivery: row.delivery, ...place };
      const others = byConversation.get(row.conversation_id);
      if (others) others.push(arrival);
      else byConversation.set(row.conversation_id, [arrival]);
    }
    return byConversation;
  }

  async changeHeld(manager: EntityManager, changes: readonly HeldChange[]): Promise<void> {
    const hold = changes.flatMap(({ conversationId, hold }) =>
      hold.map((arrival) => ({
        conversationId,
        sequence: arrival.sequence,
        delivery: arrival.readable ? arrival.delivery : null,
        arrivedAt: arrival.arrivedAt,
      })),
    );
    const released = changes.flatMap(({ conversationId, released }) => released.map((sequence) => ({ conversationId, sequence })));
    const counts = changes.map(({ conversationId, hold, released }) => ({ conversationId, by: hold.length - released.length }));
    await manager.query(
      `WITH held AS (
         INSERT INTO held_deliveries (conversation_id, delivery_sequence, delivery, arrived_at)
         SELECT "conversationId", sequence, delivery, "arrivedAt"
         FROM json_to_recordset($1) AS h("conversationId" uuid, sequence int, delivery json, "arrivedAt" timestamptz)
       ), released AS (
         DELETE FROM held_deliveries d USING json_to_recordset($2) AS r("conversationId" uuid, sequence int)
         WHERE d.conversation_id = r."conversationId" AND d.delivery_sequence = r.sequence
       )
       UPDATE conversations c SET held = c.held + n.by
       FROM json_to_recordset($3) AS n("conversationId" uuid, by int) WHERE c.id = n."conversationId"`,
      [storableJson(hold), JSON.stringify(released), JSON.stringify(counts)],
    );
  }

  /** Who the visitor of a conversation is; undefined when nothing is known of it. */
  async addressOf(conversationId: string, by: Pick<EntityManager, 'query'> = this.dataSource): Promise<Address | undefined> {
    if (!UuidSchema.safeParse(conversationId).success) return undefined;
    const rows = await by.query<Address[]>(`SELECT id, bot_id AS "botId", channel, address FROM conversations WHERE id = $1`, [
      conversationId,
    ]);
    return rows[0];
  }

  /** Conversations in which something waits since before `since`. */
  async waitingSince(since: Date, limit: number): Promise<Address[]> {
    return this.dataSource.query<Address[]>(
      `SELECT c.id, c.bot_id AS "botId", c.channel, c.address FROM conversations c
       WHERE c.id IN (SELECT conversation_id FROM held_deliveries WHERE arrived_at <= $1 ORDER BY arrived_at LIMIT $2)`,
      [since, limit],
    );
  }

  /** Reads the lines after each `after` in order, of each conversation at most `limit`. */
  async after(wanted: readonly { conversationId: string; after: number }[], limit: number): Promise<WrittenLine[]> {
    return prepared<WrittenLine>(this.dataSource, LINES_AFTER, [JSON.stringify(wanted), limit]);
  }

  /** The newest `seq` of each conversation; 0 when nothing was written. */
  async heads(ids: readonly string[]): Promise<Map<string, number>> {
    const rows = await this.dataSource.query<{ id: string; head: number }[]>(
      `SELECT id, next_seq - 1 AS head FROM conversations WHERE id = ANY($1::uuid[])`,
      [ids],
    );
    return new Map(rows.map(({ id, head }) => [id, head]));
  }

  /** The newest lines before a `seq`, oldest first, as JSON. */
  async before(conversationId: string, before: number, limit: number): Promise<string[]> {
    const rows = await this.dataSource.query<{ frame: string }[]>(
      `SELECT frame::text AS frame FROM log WHERE conversation_id = $1 AND seq < $2 ORDER BY seq DESC LIMIT $3`,
      [conversationId, before, limit],
    );
    return rows.map(({ frame }) => frame).reverse();
  }
}

function conversationOf(row: ConversationRow): Conversation {
  const { id, bot_id: botId, channel, address, next_seq: nextSeq, next_delivery_sequence: nextDeliverySequence } = row;
  const { epoch, floor, agent, missing } = row;
  return { ...unwritten({ id, botId, channel, address }), nextSeq, nextDeliverySequence, epoch, floor, agent, missing };
}
