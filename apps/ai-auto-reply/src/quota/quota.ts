import { derivedId, encodeEvent, sourceOf, usage } from '@baton/contracts';
import type { OutgoingRecord, WorkspaceSettings } from '@baton/contracts';
import { prepared, preparedCount } from '@baton/messaging';
import type { EntityManager } from 'typeorm';
import { periodOf } from './period.js';
import { COMMIT, REFUND, RESERVE, TURN_AWAY } from './statements.js';
import { NO_LIMIT } from './warning.js';

/** Where an answer was said. */
export type Place = 'inbox' | 'webchat' | 'messenger';

/** What is asked of the settings; `SettingsStore` answers it. */
export interface Plans {
  workspace(workspaceId: string): WorkspaceSettings | undefined;
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

interface Counted {
  readonly workspaceId: string;
  readonly botId: string;
  readonly period: string;
  readonly used: number;
  readonly late: boolean;
}

/**
 * The ledger of a workspace's answers in a month. An answer is reserved before it is made, and committed when it was said or refunded when
 * it was not. Reserved and committed together never exceed the limit of the settings, however many processes reserve at once; each step may
 * be repeated. One answer costs two statements: the one that reserves and the one that ends it (a third when the month is at its end).
 *
 * Every step takes the lock of its month until the transaction ends: keep those short, and have one entry in each (or entries in the order
 * of their workspaces), lest two transactions wait for each other and one fails as transient.
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
  reserve(
    manager: EntityManager,
    o: { readonly entryId: string; readonly workspaceId: string; readonly botId: string; readonly at: Date },
  ): Promise<'reserved' | 'at-end'> {
    return inTransaction(manager, async (own) => {
      const limit = this.planOf(o.workspaceId).perMonth ?? null;
      const expires = new Date(o.at.getTime() + RESERVATION_LEASE_MS);
      const values = [o.entryId, o.workspaceId, o.botId, periodOf(o.at), o.at, expires, limit];
      const [{ isNew, isTaken }] = (await prepared<{ isNew: boolean; isTaken: boolean }>(own, RESERVE, values)) as [
        { isNew: boolean; isTaken: boolean },
      ];
      if (!isNew || isTaken) return 'reserved';
      await prepared(own, TURN_AWAY, [o.entryId, o.at]);
      this.options.observer?.onEnd?.();
      return 'at-end';
    });
  }

  /**
   * The answer was said: it counts for good, in the month of its reservation. One that had been given back meanwhile counts, too, even
   * above the limit, because the visitor has it.
   * @returns what to put into the outbox of the same transaction; nothing the second time
   */
  async commit(manager: EntityManager, entryId: string, place: Place, at: Date): Promise<OutgoingRecord[]> {
    const [counted] = await prepared<Counted>(manager, COMMIT, [entryId, place, at]);
    if (!counted) return this.commitAgain(manager, entryId);
    const { late, ...counts } = counted;
    if (late) this.options.observer?.onLate?.();
    const limit = this.planOf(counted.workspaceId).perMonth ?? null;
    const data = { ...counts, entryId, at: at.toISOString(), place, limit };
    return [encodeEvent(usage, 'usage.answer', data, { id: derivedId('usage', entryId), source: sourceOf('ai-auto-reply'), time: at })];
  }

  /** The answer was not said. Nothing happens to one that is committed or refunded already. */
  async refund(manager: EntityManager, entryId: string, reason: string): Promise<void> {
    await preparedCount(manager, REFUND, [entryId, reason, this.now()]);
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
