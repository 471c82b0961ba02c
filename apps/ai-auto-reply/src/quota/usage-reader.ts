import type { WorkspaceSettings } from '@baton/contracts';
import type { DataSource } from 'typeorm';
import { lastPeriods } from './period.js';
import type { Place, Plans } from './quota.js';
import { NO_LIMIT } from './warning.js';

/** What one bot answered in a month, by where. */
export type UsageOfBot = { readonly botId: string } & Readonly<Record<Place, number>>;

export interface UsageOfMonth {
  /** Calendar month (UTC). */
  readonly period: string;
  /** Answers that were given. */
  readonly used: number;
  /** Answers that are being made. */
  readonly reserved: number;
  /** Questions that the end of the plan left without an answer. */
  readonly turnedAway: number;
  /** When its end was warned of, ISO 8601; null when it was not. */
  readonly warnedAt: string | null;
  readonly bots: readonly UsageOfBot[];
}

export interface Usage {
  readonly workspaceId: string;
  /** Answers a month that all bots of the workspace may give; null without a limit. */
  readonly limit: number | null;
  /** From so many percent of the limit on, its end is warned of. */
  readonly warnAt: number;
  /** This month first. */
  readonly months: readonly UsageOfMonth[];
}

interface Part {
  readonly period: string;
  readonly state: 'committed' | 'refunded';
  readonly botId: string;
  readonly place: Place | null;
  readonly n: number;
}

/** Answers that a bot gave on a day (UTC), `2026-01-05`. */
export interface UsageOfDay {
  readonly day: string;
  readonly botId: string;
  readonly answers: number;
}

/** Reads what a workspace used of its plan. */
export class UsageReader {
  constructor(
    private readonly dataSource: DataSource,
    private readonly plans: Plans,
    private readonly now: () => Date = () => new Date(),
  ) {}

  /** Day by day, oldest first, of the same months; days without an answer are left out. */
  async days(workspaceId: string, months: number): Promise<UsageOfDay[]> {
    return this.dataSource.query(
      `SELECT to_char(at AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS day, bot_id AS "botId", count(*)::integer AS answers FROM quota_entries
       WHERE workspace_id = $1 AND period = ANY($2) AND state = 'committed' GROUP BY 1, 2 ORDER BY 1, 2`,
      [workspaceId, lastPeriods(this.now(), months)],
    );
  }

  /** The last months, the current one with them. */
  async read(workspaceId: string, months: number): Promise<Usage> {
    const periods = lastPeriods(this.now(), months);
    const sums: { period: string; reserved: number; committed: number; warned_at: Date | null }[] = await this.dataSource.query(SUMS, [
      workspaceId,
      periods,
    ]);
    const parts: Part[] = await this.dataSource.query(
      `SELECT period, state, bot_id AS "botId", place, count(*)::integer AS n FROM quota_entries
       WHERE workspace_id = $1 AND period = ANY($2) AND (state = 'committed' OR (state = 'refunded' AND why = 'quota-end'))
       GROUP BY period, state, bot_id, place`,
      [workspaceId, periods],
    );
    const plan: WorkspaceSettings['answers'] = this.plans.workspace(workspaceId)?.answers ?? NO_LIMIT;
    return {
      workspaceId,
      limit: plan.perMonth ?? null,
      warnAt: plan.warnAtPercent,
      months: periods.map((period) => {
        const sum = sums.find((one) => one.period === period);
        const ofMonth = parts.filter((part) => part.period === period);
        return {
          period,
          used: sum?.committed ?? 0,
          reserved: sum?.reserved ?? 0,
          turnedAway: ofMonth.reduce((count, { state, n }) => count + (state === 'refunded' ? n : 0), 0),
          warnedAt: sum?.warned_at?.toISOString() ?? null,
          bots: byBot(ofMonth),
        };
      }),
    };
  }
}

/** The sums, and what they do not say yet. */
const SUMS = `
  SELECT period, warned_at,
    reserved - (SELECT count(*) FROM quota_entries e WHERE e.workspace_id = p.workspace_id AND e.period = p.period
      AND e.counted <> e.state AND e.counted = 'reserved')::integer AS reserved,
    committed + (SELECT count(*) FROM quota_entries e WHERE e.workspace_id = p.workspace_id AND e.period = p.period
      AND e.counted <> e.state AND e.state = 'committed')::integer AS committed
  FROM quota_periods p WHERE workspace_id = $1 AND period = ANY($2)`;

function byBot(parts: readonly Part[]): UsageOfBot[] {
  const bots = new Map<string, { botId: string } & Record<Place, number>>();
  for (const { botId, place, n } of parts) {
    if (place === null) continue;
    const bot = bots.get(botId) ?? { botId, inbox: 0, webchat: 0, messenger: 0 };
    bot[place] += n;
    bots.set(botId, bot);
  }
  return [...bots.values()].sort((a, b) => (a.botId < b.botId ? -1 : 1));
}
