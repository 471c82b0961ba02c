import type { Outbox } from '@baton/messaging';
import type { DataSource, EntityManager } from 'typeorm';
import { countDeliveries } from '../../receipts/count-deliveries.js';
import { receiptRecords } from '../../receipts/receipt-records.js';
import type { Outcome } from '../../receipts/receipt-records.js';
import { targetOf } from '../target.js';
import type { StoppedPage } from './pages.store.js';

const CONVERSATIONS_AT_ONCE = 200;

/** Tells, once for each message, that it waits until its page is connected again: whoever wrote it must not believe that it was read. */
export class TellWaiting {
  constructor(
    private readonly dataSource: DataSource,
    private readonly outbox: Outbox,
  ) {}

  async run(page: StoppedPage, now: Date): Promise<void> {
    const ids = await this.waiting(page.pageId);
    if (ids.length === 0) return;
    const { outcomes, ticket } = await this.dataSource.transaction(async (manager) => {
      await manager.query(`SELECT 1 FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids]);
      const outcomes = await this.note(manager, ids, page.reason);
      return { outcomes, ticket: outcomes.length > 0 ? await this.outbox.add(manager, receiptRecords(outcomes, now)) : undefined };
    });
    if (ticket) this.outbox.send(ticket);
    countDeliveries('messenger', outcomes);
  }

  private async waiting(pageId: string): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT l.lane AS id FROM effect_lanes l
       WHERE l.target = $1 AND EXISTS (
         SELECT 1 FROM messenger_parts p WHERE p.conversation_id = l.lane::uuid AND p.state = 'open' AND p.failure IS NULL
       ) LIMIT $2`,
      [targetOf(pageId), CONVERSATIONS_AT_ONCE],
    );
    return rows.map(({ id }) => id);
  }

  private async note(manager: EntityManager, ids: readonly string[], reason: string): Promise<Outcome[]> {
    const rows = await manager.query<Pick<Outcome, 'conversationId' | 'botId' | 'messageId'>[]>(
      `WITH noted AS (
         UPDATE messenger_parts SET failure = 'token-dead'
         WHERE conversation_id = ANY($1::uuid[]) AND state = 'open' AND failure IS NULL RETURNING conversation_id, message_id, seq
       )
       SELECT m.conversation_id AS "conversationId", c.bot_id AS "botId", m.message_id AS "messageId"
       FROM noted n
       JOIN messenger_messages m ON m.conversation_id = n.conversation_id AND m.message_id = n.message_id
       JOIN conversations c ON c.id = n.conversation_id
       WHERE m.status NOT IN ('failed', 'superseded')
       GROUP BY m.conversation_id, c.bot_id, m.message_id ORDER BY m.conversation_id, min(n.seq)`,
      [ids],
    );
    return rows.map((row) => ({ ...row, status: 'failed', reason, failure: 'token-dead' }));
  }
}
