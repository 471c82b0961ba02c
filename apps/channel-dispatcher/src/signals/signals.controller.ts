import { Effects, openByTarget } from '@baton/effects';
import { INNER, InnerDoor } from '@baton/passes';
import type { GivenSignals } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { DataSource } from 'typeorm';
import { profilesTargetOf, targetOf } from '../messenger/target.js';
import { WatchPages } from '../messenger/watch-pages.js';

/** How it stands here with the pages of a workspace's bots, for the control plane. */
@Controller(`${INNER}/signals`)
export class SignalsController {
  constructor(
    private readonly door: InnerDoor,
    private readonly settings: SettingsStore,
    private readonly dataSource: DataSource,
    private readonly effects: Effects,
    private readonly pages: WatchPages,
  ) {}

  @Get()
  async read(
    @Headers('authorization') authorization: string | undefined,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<GivenSignals | object> {
    const pass = this.door.open(authorization, 'operations');
    if ('status' in pass) {
      void reply.code(pass.status);
      return { error: pass.error };
    }
    const pages = this.settings
      .bots()
      .flatMap((bot) =>
        bot.workspaceId === pass.workspaceId && bot.messenger ? [{ botId: bot.botId, pageId: bot.messenger.pageId }] : [],
      );
    const targets = [...new Set(pages.flatMap(({ pageId }) => [targetOf(pageId), profilesTargetOf(pageId)]))];
    const sick = new Set(this.effects.sickTargets);
    const open = new Map((await openByTarget(this.dataSource, targets)).map((one) => [one.target, one]));
    return {
      settingsFreshAt: this.settings.freshAt?.toISOString() ?? null,
      targets: targets.map((target) => ({
        ...(open.get(target) ?? { target, open: 0, inDoubt: 0, oldestSeconds: 0 }),
        isSick: sick.has(target),
      })),
      stoppedPages: this.pages.stopped.flatMap(({ pageId, reason }) =>
        pages.filter((one) => one.pageId === pageId).map(({ botId }) => ({ botId, pageId, reason })),
      ),
    };
  }
}
