import type { EntityManager } from 'typeorm';
import { prepared, preparedCount } from '../sql/prepared.js';

const ADMIT = {
  name: 'baton-inbox-admit',
  text: 'INSERT INTO inbox (consumer, id) SELECT $1, unnest($2::text[]) ON CONFLICT DO NOTHING RETURNING id',
};

const PRUNE = {
  name: 'baton-inbox-prune',
  text: 'DELETE FROM inbox WHERE ctid = ANY (ARRAY(SELECT ctid FROM inbox WHERE at < $2 AND consumer = $1 LIMIT $3 FOR UPDATE SKIP LOCKED))',
};

/**
 * What a consumer has seen, so that a record which comes again changes nothing. Written in the transaction of the change itself: either
 * both are there or none.
 */
export class Inbox {
  /** @param consumer names whose memory this is, for example the topic; consumers of one service share the table, not the ids */
  constructor(private readonly consumer: string) {}

  /**
   * Remembers the ids and returns those never seen before; in one statement. Waits for another transaction that is admitting one of them.
   * A repeated id within `ids` is admitted once.
   */
  async admit(manager: EntityManager, ids: readonly string[]): Promise<Set<string>> {
    if (ids.length === 0) return new Set();
    // In one order everywhere, so that two transactions with the same ids wait for each other instead of dead-locking.
    const inOrder = [...new Set(ids)].sort();
    const rows = await prepared<{ id: string }>(manager, ADMIT, [this.consumer, inOrder]);
    return new Set(rows.map(({ id }) => id));
  }

  /** Forgets up to `limit` ids of this consumer that are older; returns how many. Keep them longer than the topic keeps its records. */
  async prune(manager: EntityManager, olderThan: Date, limit: number): Promise<number> {
    return preparedCount(manager, PRUNE, [this.consumer, olderThan, limit]);
  }
}
