import type { Floor } from '@baton/contracts';
import type { DataSource, EntityManager } from 'typeorm';
import type { Address, AgentOnScreen } from '../log/log-line.js';

/** How a conversation stands when a socket joins it. */
export interface Standing extends Address {
  /** The newest line; 0 when nothing was written. */
  readonly head: number;
  readonly floor: Floor;
  readonly agent: AgentOnScreen | null;
  readonly deliveredUpTo: number;
  /** Lines up to here were deleted for their age; 0 when none were. */
  readonly erasedUpTo: number;
  /** The orchestrator thought that nobody was there. */
  readonly came: boolean;
}

const SECONDS = 1_000;
/** A replica that has not renewed for this long is dead, and its sockets with it. */
export const LEASE_MS = 20 * SECONDS;
/** Somebody who goes from page to page or changes networks has not left. */
export const GRACE_MS = 8 * SECONDS;

/** Which replica holds sockets of whom, and who is there at all. */
export class PresenceStore {
  constructor(
    private readonly dataSource: DataSource,
    private readonly instance: string,
  ) {}

  /** Extends this replica's lease; returns whether it had run out (or never was), so that others may have forgotten its sockets. */
  async renew(): Promise<boolean> {
    const rows = await this.dataSource.query<{ hadRunOut: boolean }[]>(
      `WITH before AS (SELECT lease_until FROM replicas WHERE instance = $1)
       INSERT INTO replicas (instance, lease_until) VALUES ($1, now() + $2 * interval '1 millisecond')
       ON CONFLICT (instance) DO UPDATE SET lease_until = excluded.lease_until
       RETURNING NOT EXISTS (SELECT 1 FROM before WHERE lease_until >= now()) AS "hadRunOut"`,
      [this.instance, LEASE_MS],
    );
    return rows[0]?.hadRunOut ?? true;
  }

  /**
   * Notes that this replica holds sockets of these conversations, under their row locks: a line that is written later is told to it, one
   * that was written earlier is below `head`. Conversations that do not exist are left out.
   */
  async arrive(manager: EntityManager, ids: readonly string[]): Promise<Standing[]> {
    return manager.query<Standing[]>(
      `WITH locked AS (
         SELECT * FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE
       ), arrived AS (
         INSERT INTO presence (conversation_id, instance) SELECT id, $2 FROM locked ON CONFLICT DO NOTHING
       ), came AS (
         UPDATE conversations c SET present = true, left_at = NULL FROM locked l
         WHERE c.id = l.id AND (NOT l.present OR l.left_at IS NOT NULL)
       )
       SELECT id, bot_id AS "botId", channel, address, next_seq - 1 AS head, floor, agent, delivered_up_to AS "deliveredUpTo",
              erased_up_to AS "erasedUpTo",
              NOT present AS came
       FROM locked`,
      [ids, this.instance],
    );
  }

  /** A replica (this one, or one that is dead) holds no socket of these conversations any more; where nobody else does, the visitor's absence begins. */
  async leave(manager: EntityManager, ids: readonly string[], instance = this.instance): Promise<void> {
    // The lock is a statement of its own: the next one must see what others committed while it was waited for.
    await manager.query(`SELECT 1 FROM conversations WHERE id = ANY($1::uuid[]) ORDER BY id FOR UPDATE`, [ids]);
    await manager.query(
      `WITH gone AS (
         DELETE FROM presence WHERE conversation_id = ANY($1::uuid[]) AND instance = $2
       )
       UPDATE conversations c SET left_at = now()
       WHERE c.id = ANY($1::uuid[]) AND c.present AND c.left_at IS NULL AND NOT EXISTS (
         SELECT 1 FROM presence p WHERE p.conversation_id = c.id AND p.instance <> $2
       )`,
      [ids, instance],
    );
  }

  /** Some of the conversations of which a replica holds sockets. */
  async conversationsOf(manager: EntityManager, instance: string, limit: number): Promise<string[]> {
    const rows = await manager.query<{ id: string }[]>(
      `SELECT conversation_id AS id FROM presence WHERE instance = $1 ORDER BY conversation_id LIMIT $2`,
      [instance, limit],
    );
    return rows.map(({ id }) => id);
  }

  /** Replicas whose lease ran out. */
  async expired(): Promise<string[]> {
    const rows = await this.dataSource.query<{ instance: string }[]>(`SELECT instance FROM replicas WHERE lease_until < now()`);
    return rows.map(({ instance }) => instance);
  }

  /** Whether a replica's lease is over; if so it cannot come back to life before this transaction ends. */
  async holdDead(manager: EntityManager, instance: string): Promise<boolean> {
    const rows = await manager.query<unknown[]>(`SELECT 1 FROM replicas WHERE instance = $1 AND lease_until < now() FOR UPDATE`, [
      instance,
    ]);
    return rows.length > 0;
  }

  async forget(manager: EntityManager, instance: string): Promise<void> {
    await manager.query(`DELETE FROM replicas WHERE instance = $1`, [instance]);
  }

  /** Makes those absent whose last socket went long enough ago; returns them. What another replica is at is left to it. */
  async absent(manager: EntityManager, limit: number): Promise<Address[]> {
    return manager.query<Address[]>(
      `WITH gone AS (
         SELECT id, bot_id, channel, address FROM conversations
         WHERE left_at < now() - $1 * interval '1 millisecond' ORDER BY id LIMIT $2 FOR UPDATE SKIP LOCKED
       ), absent AS (
         UPDATE conversations c SET present = false, left_at = NULL FROM gone WHERE c.id = gone.id
       )
       SELECT id, bot_id AS "botId", channel, address FROM gone`,
      [GRACE_MS, limit],
    );
  }
}
