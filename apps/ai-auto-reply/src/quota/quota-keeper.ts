import type { WorkspaceSettings } from '@baton/contracts';
import type { Job } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { lastPeriods, periodOf } from './period.js';
import type { Plans } from './quota.js';
import { FORGET, GIVE_BACK, LEFT_BEHIND } from './statements.js';
import { isNearEnd, NO_LIMIT } from './warning.js';

/** A workspace came near the end of its month's answers. */
export interface QuotaWarning {
  readonly workspaceId: string;
  readonly period: string;
  readonly used: number;
  readonly limit: number;
}

const EVERY_MS = 5_000;
const FORGET_EVERY_MS = 3_600_000;
/** Entries tell by which bot and where; the months' sums stay for good. */
const ENTRIES_KEPT_MONTHS = 14;

/** Looks after the ledger beside the answers: gives back what dead processes left, warns once in a month, forgets old entries. */
export class QuotaKeeper {
  private readonly listeners = new Set<(warning: QuotaWarning) => void>();
  private forgotAt = -Infinity;

  constructor(
    private readonly dataSource: DataSource,
    private readonly plans: Plans,
    private readonly now: () => Date = () => new Date(),
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
    await this.warn();
    const now = this.now().getTime();
    if (now - this.forgotAt < FORGET_EVERY_MS) return;
    await this.forget();
    this.forgotAt = now;
  }

  /** @returns how many reservations were given back */
  async giveBack(): Promise<number> {
    const now = this.now();
    const months: { workspaceId: string; period: string }[] = await this.dataSource.query(LEFT_BEHIND, [now]);
    let count = 0;
    for (const { workspaceId, period } of months) {
      const [rows]: [{ givenBack: number }[]] = await this.dataSource.query(GIVE_BACK, [workspaceId, period, now]);
      count += rows[0]?.givenBack ?? 0;
    }
    return count;
  }

  /** @returns how many entries were forgotten */
  async forget(): Promise<number> {
    const [, count]: [unknown, number] = await this.dataSource.query(FORGET, [lastPeriods(this.now(), ENTRIES_KEPT_MONTHS).at(-1)]);
    return count;
  }

  private async warn(): Promise<void> {
    const now = this.now();
    const period = periodOf(now);
    const months: { workspaceId: string; used: number }[] = await this.dataSource.query(
      'SELECT workspace_id AS "workspaceId", committed AS used FROM quota_periods WHERE period = $1 AND warned_at IS NULL AND committed > 0',
      [period],
    );
    for (const { workspaceId, used } of months) {
      const plan: WorkspaceSettings['answers'] = this.plans.workspace(workspaceId)?.answers ?? NO_LIMIT;
      if (!isNearEnd(used, plan)) continue;
      const [, first]: [unknown, number] = await this.dataSource.query(
        'UPDATE quota_periods SET warned_at = $3 WHERE period = $1 AND workspace_id = $2 AND warned_at IS NULL',
        [period, workspaceId, now],
      );
      if (first === 1) for (const tell of this.listeners) tell({ workspaceId, period, used, limit: plan.perMonth! });
    }
  }
}
