import type { OutgoingRecord, WorkspaceSettings } from '@baton/contracts';
import { prepared, preparedCount } from '@baton/messaging';
import type { EntityManager } from 'typeorm';
import { periodOf } from './period.js';
import { COMMIT, MAKE_ROOM, REFUND, RESERVE, RESUME, TAKE, TURN_AWAY } from './statements.js';
import { usageEvent } from './usage-event.js';
import { NO_LIMIT } from './warning.js';

/** Where an answer was said. */
export type Place = 'inbox' | 'webchat' | 'messenger';

/** What is asked of the settings; `SettingsStore` answers it. */
export interface Plans {
  workspace(workspaceId: string): WorkspaceSettings | undefined;
}

/** What is reserved: an answer of a bot, at the time at which it is begun. */
export interface Reservation {
  readonly entryId: string;
  readonly workspaceId: string;
  readonly botId: string;
  readonly at: Date;
}

export interface QuotaOptions {
  readonly plans: Plans;
  readonly now?: () => Date;
  /** Told of each answer for which the month had nothing left, and of each that was counted although it had been given back. */
  readonly observer?: { onEnd?(): void; onLate?(): void; onUnknown?(entryId: string): void };
}

/**
 * How long a reservation may stay open, in ms: longer than any answer takes from its reservation to the end of its sending. A process
 * that died gives its reservations back that way; an answer that turns out to have been posted counts all the same.
 */
export const RESERVATION_LEASE_MS = 15 * 60_000;

interface Said {
  readonly workspaceId: string;
  readonly botId: string;
  readonly period: string;
  readonly late: boolean;
  readonly used: number | null;
}

/**
 * The ledger of a workspace's answers in a month. An answer is reserved before it is made, and committed when it was said or refunded when
 * it was not. Reserved and committed together never exceed the limit of the settings, however many processes reserve at once; each step may
 * be repeated. One answer costs two statements: the one that reserves and the one that ends it.
 *
 * `reserve` waits for the row of its month and holds it until the transaction ends: give it a short one, with no other reservation in it.
 * `commit` and `refund` never wait for it and may be part of any transaction; `QuotaKeeper` counts what they could not count at once.
 */
export class Quota {
  private readonly now: () => Date;

  constructor(private readonly options: QuotaOptions) {
    this.now = options.now ?? (() => new Date());
  }

  /**
   * Takes one of the month's answers for `entryId`. An entry that was refunded is reserved anew; one that is reserved or committed already
   * costs nothing more.
   * @returns `at-end` when the plan has none left
   */
  reserve(manager: EntityManager, o: Reservation): Promise<'reserved' | 'at-end'> {
    return inTransaction(manager, async (own) => {
      const limit = this.planOf(o.workspaceId).perMonth ?? null;
      const expires = new Date(o.at.getTime() + RESERVATION_LEASE_MS);
      const values = [o.entryId, o.workspaceId, o.botId, periodOf(o.at), o.at, expires, limit];
      for (;;) {
        const [{ isNew, isTaken }] = (await prepared(own, RESERVE, values)) as [{ isNew: boolean; isTaken: boolean }];
        if (isNew) return isTaken || (await this.findRoom(own, o, limit!)) ? 'reserved' : this.turnAway(own, o);
        const [{ isHeld }] = (await prepared(own, RESUME, [o.entryId, o.at, expires])) as [{ isHeld: boolean }];
        if (isHeld) return 'reserved';
        // It was given back, and counted so, between the two statements: it is as if it had never been there.
      }
    });
  }

  /**
   * The answer was said: it counts for good, in the month of its reservation. One that had been given back meanwhile counts, too, even
   * above the limit, because the visitor has it.
   * @returns what to put into the outbox of the same transaction; nothing the second time, and nothing when the keeper will tell
   */
  async commit(manager: EntityManager, entryId: string, place: Place, at: Date): Promise<OutgoingRecord[]> {
    const [said] = await prepared<Said>(manager, COMMIT, [entryId, place, at]);
    if (!said) return this.commitAgain(manager, entryId);
    const { workspaceId, botId, period, late, used } = said;
    if (late) this.options.observer?.onLate?.();
    if (used === null) return [];
    const limit = this.planOf(workspaceId).perMonth ?? null;
    return [usageEvent({ workspaceId, botId, entryId, at: at.toISOString(), period, place, used, limit })];
  }

  /** The answer was not said. Nothing happens to one that is committed or refunded already. */
  async refund(manager: EntityManager, entryId: string, reason: string): Promise<void> {
    await preparedCount(manager, REFUND, [entryId, reason, this.now()]);
  }

  /** The month seems to be at its end: what was given back and not counted yet may have left a place. */
  private async findRoom(manager: EntityManager, { workspaceId, at }: Reservation, limit: number): Promise<boolean> {
    if (limit === 0 || (await preparedCount(manager, MAKE_ROOM, [workspaceId, periodOf(at)])) === 0) return false;
    return (await preparedCount(manager, TAKE, [workspaceId, periodOf(at), limit])) === 1;
  }

  private async turnAway(manager: EntityManager, { entryId, at }: Reservation): Promise<'at-end'> {
    await prepared(manager, TURN_AWAY, [entryId, at]);
    this.options.observer?.onEnd?.();
    return 'at-end';
  }

  private async commitAgain(manager: EntityManager, entryId: string): Promise<[]> {
    const known: unknown[] = await manager.query('SELECT FROM quota_entries WHERE entry_id = $1', [entryId]);
    if (known.length === 0) this.options.observer?.onUnknown?.(entryId);
    return [];
  }

  private planOf(workspaceId: string): WorkspaceSettings['answers'] {
    return this.options.plans.workspace(workspaceId)?.answers ?? NO_LIMIT;
  }
}

/** In the caller's transaction, or in one of its own where he has none. */
function inTransaction<T>(manager: EntityManager, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  return manager.queryRunner?.isTransactionActive ? work(manager) : manager.transaction(work);
}
