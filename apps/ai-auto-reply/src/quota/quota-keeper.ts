import type { OutgoingRecord, WorkspaceSettings } from '@baton/contracts';
import type { OutboxTicket } from '@baton/messaging';
import type { Job } from '@baton/telemetry';
import type { DataSource, EntityManager } from 'typeorm';
import { lastPeriods, periodOf } from './period.js';
import type { Place, Plans } from './quota.js';
import { FORGET, GIVE_BACK, LOCK_MONTH, MARK_COUNTED, TO_COUNT } from './statements.js';
import { usageEvent } from './usage-event.js';
import { isNearEnd, NO_LIMIT } from './warning.js';

/** A workspace came near the end of its month's answers. */
export interface QuotaWarning {
  readonly workspaceId: string;
  readonly period: string;
  readonly used: number;
  readonly limit: number;
}

/** What is asked of the outbox. */
interface Events {
  add(manager: EntityManager, records: readonly OutgoingRecord[]): Promise<OutboxTicket>;
  send(ticket: OutboxTicket): void;
}

interface Counted {
  readonly entryId: string;
  readonly botId: string;
  readonly place: Place;
  readonly endedAt: Date;
  readonly state: 'reserved' | 'committed' | 'refunded';
  readonly before: 'reserved' | 'committed' | 'refunded';
}

const EVERY_MS = 1_000;
const FORGET_EVERY_MS = 3_600_000;
/** Entries tell by which bot and where; the months' sums stay for good. */
const ENTRIES_KEPT_MONTHS = 14;

/** Looks after the ledger beside the answers: gives back what dead processes left, counts, warns once in a month, forgets old entries. */
export class QuotaKeeper {
  private readonly listeners = new Set<(warning: QuotaWarning) => void>();
  private forgotAt = -Infinity;

  constructor(
    private readonly o: {
      readonly dataSource: DataSource;
      readonly plans: Plans;
      readonly outbox: Events;
      readonly now?: () => Date;
    },
  ) {}

  /** Called once for each workspace and month, on one replica, when its warning falls due. */
  onWarning(listener: (warning: QuotaWarning) => void): () => void {
    this.listeners.add(listener);
    return () => this.listeners.delete(listener);
  }

  /** For the service's jobs. */
  get job(): Job {
    return { what: 'look after the quotas', everyMs: EVERY_MS, run: () => this.keep() };
  }

  async keep(): Promise<void> {
    await this.giveBack();
    await this.count();
    await this.warn();
    const now = this.now().getTime();
    if (now - this.forgotAt < FORGET_EVERY_MS) return;
    await this.forget();
    this.forgotAt = now;
  }

  /** @returns how many reservations of dead processes were given back */
  async giveBack(): Promise<number> {
    const [, count]: [unknown, number] = await this.o.dataSource.query(GIVE_BACK, [this.now()]);
    return count;
  }

  /** Brings the months up to what their entries say, and tells of the answers that nobody told of. */
  async count(): Promise<void> {
    const months: { workspaceId: string; period: string }[] = await this.o.dataSource.query(TO_COUNT);
    for (const { workspaceId, period } of months) await this.countMonth(workspaceId, period);
  }

  /** @returns how many entries were forgotten */
  async forget(): Promise<number> {
    const [, count]: [unknown, number] = await this.o.dataSource.query(FORGET, [lastPeriods(this.now(), ENTRIES_KEPT_MONTHS).at(-1)]);
    return count;
  }

  private async countMonth(workspaceId: string, period: string): Promise<void> {
    const { dataSource, outbox } = this.o;
    const ticket = await dataSource.transaction(async (manager) => {
      const [month]: { committed: number }[] = await manager.query(LOCK_MONTH, [workspaceId, period]);
      if (!month) return undefined;
      const [counted]: [Counted[]] = await manager.query(MARK_COUNTED, [workspaceId, period]);
      const said = counted.filter(({ state }) => state === 'committed').sort(inOrder);
      const leftReserved = counted.filter(({ before }) => before === 'reserved').length;
      await manager.query(
        'UPDATE quota_periods SET reserved = reserved - $3, committed = committed + $4 WHERE workspace_id = $1 AND period = $2',
        [workspaceId, period, leftReserved, said.length],
      );
      const limit = this.planOf(workspaceId).perMonth ?? null;
      const events = said.map(({ entryId, botId, place, endedAt }, n) =>
        usageEvent({ workspaceId, botId, entryId, at: endedAt.toISOString(), period, place, used: month.committed + n + 1, limit }),
      );
      return outbox.add(manager, events);
    });
    if (ticket) outbox.send(ticket);
  }

  private async warn(): Promise<void> {
    const { dataSource } = this.o;
    const now = this.now();
    const period = periodOf(now);
    const months: { workspaceId: string; used: number }[] = await dataSource.query(
      'SELECT workspace_id AS "workspaceId", committed AS used FROM quota_periods WHERE period = $1 AND warned_at IS NULL AND committed > 0',
      [period],
    );
    for (const { workspaceId, used } of months) {
      const plan = this.planOf(workspaceId);
      if (!isNearEnd(used, plan)) continue;
      const [, first]: [unknown, number] = await dataSource.query(
        'UPDATE quota_periods SET warned_at = $3 WHERE period = $1 AND workspace_id = $2 AND warned_at IS NULL',
        [period, workspaceId, now],
      );
      if (first === 1) for (const tell of this.listeners) tell({ workspaceId, period, used, limit: plan.perMonth! });
    }
  }

  private planOf(workspaceId: string): WorkspaceSettings['answers'] {
    return this.o.plans.workspace(workspaceId)?.answers ?? NO_LIMIT;
  }

  private now(): Date {
    return this.o.now?.() ?? new Date();
  }
}

const inOrder = (a: Counted, b: Counted): number => a.endedAt.getTime() - b.endedAt.getTime() || (a.entryId < b.entryId ? -1 : 1);
