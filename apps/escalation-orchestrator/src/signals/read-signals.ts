import { openByTarget } from '@baton/effects';
import type { Effects } from '@baton/effects';
import type { GivenSignals } from '@baton/passes';
import type { SettingsStore } from '@baton/settings';
import type { DataSource } from 'typeorm';
import type { Spending } from '../desk/budget/spending.js';
import { lanesOf } from '../desk/budget/what-may-be-spent.js';
import { crispTarget } from '../judge/desk-plan.js';
import { lookAtPromises } from '../promises/count-promises.js';
import type { WebsiteHooks } from './website-hooks.js';

export interface ReadSignalsParts {
  readonly dataSource: DataSource;
  readonly settings: SettingsStore;
  readonly spending: Spending;
  readonly effects: Effects;
  readonly hooks: WebsiteHooks;
  /** ms */
  readonly now: () => number;
}

/** How it stands here with what belongs to one workspace: its bots say what that is. */
export class ReadSignals {
  constructor(private readonly parts: ReadSignalsParts) {}

  async of(workspaceId: string): Promise<GivenSignals> {
    const { dataSource, settings, effects, hooks, now } = this.parts;
    const bots = this.botsOf(workspaceId);
    const websiteIds = [...new Set(bots.flatMap(({ crisp }) => crisp?.websiteId ?? []))];
    const sick = new Set(effects.sickTargets);
    const [targets, websites, promises] = await Promise.all([
      openByTarget(dataSource, websiteIds.map(crispTarget)),
      hooks.ofWebsites(websiteIds),
      lookAtPromises(
        dataSource,
        bots.map(({ botId }) => botId),
        now(),
      ),
    ]);
    const known = new Map(targets.map((one) => [one.target, one]));
    return {
      settingsFreshAt: settings.freshAt?.toISOString() ?? null,
      targets: websiteIds.map((websiteId) => {
        const target = crispTarget(websiteId);
        return { ...(known.get(target) ?? { target, open: 0, inDoubt: 0, oldestSeconds: 0 }), isSick: sick.has(target) };
      }),
      websites: websites.map(({ websiteId, lastHookAt, lastMissedAt, missed }) => ({
        ...{ websiteId, missed },
        lastHookAt: lastHookAt?.toISOString() ?? null,
        lastMissedAt: lastMissedAt?.toISOString() ?? null,
      })),
      quotas: this.quotas(workspaceId),
      promises: { open: promises.open, overdue: promises.overdue },
    };
  }

  /** Those of these conversations and sessions that are the workspace's. */
  async owners(
    workspaceId: string,
    { conversationIds, sessionIds }: { readonly conversationIds: string[]; readonly sessionIds: string[] },
  ) {
    const conversations: { conversationId: string; botId: string; sessionIds: string[] }[] = await this.parts.dataSource.query(
      `SELECT c.id AS "conversationId", c.bot_id AS "botId",
         ARRAY(SELECT s.session_id FROM crisp_sessions s WHERE s.conversation_id = c.id AND s.session_id = ANY($2::text[])) AS "sessionIds"
       FROM conversations c
       WHERE c.bot_id = ANY($3::text[])
         AND (c.id = ANY($1::uuid[]) OR c.id IN (SELECT conversation_id FROM crisp_sessions WHERE session_id = ANY($2::text[])))`,
      [conversationIds, sessionIds, this.botsOf(workspaceId).map(({ botId }) => botId)],
    );
    return { conversations };
  }

  /** Somebody else called Crisp with this bot's token; of a bot of another workspace nothing is counted. */
  callsMade(workspaceId: string, { botId, calls }: { readonly botId: string; readonly calls: number }): void {
    const crisp = this.botsOf(workspaceId).find((bot) => bot.botId === botId)?.crisp;
    if (crisp) this.parts.spending.madeElsewhere(crisp.tokenId, calls);
  }

  private quotas(workspaceId: string): GivenSignals['quotas'] {
    const now = this.parts.now();
    const websitesOfToken = new Map<string, Set<string>>();
    for (const { crisp } of this.botsOf(workspaceId)) {
      if (crisp) websitesOfToken.set(crisp.tokenId, (websitesOfToken.get(crisp.tokenId) ?? new Set()).add(crisp.websiteId));
    }
    return [...websitesOfToken].map(([tokenId, websiteIds]) => {
      const account = this.parts.spending.accountOf(tokenId);
      return {
        websiteIds: [...websiteIds],
        used: account.used,
        limit: account.perDay ?? null,
        quietUntil: account.quietUntil > now ? new Date(account.quietUntil).toISOString() : null,
        lanes: lanesOf(account, now),
      };
    });
  }

  private botsOf(workspaceId: string) {
    return this.parts.settings.bots().filter((bot) => bot.workspaceId === workspaceId);
  }
}
