import { INNER } from '@baton/passes';
import type { GivenSignals } from '@baton/passes';
import { openByTarget } from '@baton/effects';
import { SettingsStore } from '@baton/settings';
import { Controller, Get, Headers } from '@nestjs/common';
import { DataSource } from 'typeorm';
import { targetOf } from '../inbox/effects/tasks.js';
import { InnerRequests } from '../inner/inner-requests.js';
import { SourcesStore } from '../sources/sources.store.js';

/** How it stands here with the websites and the knowledge of a workspace's bots, for the control plane. */
@Controller(`${INNER}/signals`)
export class SignalsController {
  constructor(
    private readonly requests: InnerRequests,
    private readonly settings: SettingsStore,
    private readonly dataSource: DataSource,
    private readonly sources: SourcesStore,
  ) {}

  @Get()
  async read(@Headers('authorization') authorization: string | undefined): Promise<GivenSignals> {
    const { workspaceId } = this.requests.pass(authorization, 'operations');
    const bots = this.settings.bots().filter((bot) => bot.workspaceId === workspaceId);
    const targets = [...new Set(bots.flatMap(({ crisp }) => (crisp ? [targetOf(crisp.websiteId)] : [])))];
    const [open, sources] = await Promise.all([openByTarget(this.dataSource, targets), this.sources.troubled(workspaceId)]);
    return {
      settingsFreshAt: this.settings.freshAt?.toISOString() ?? null,
      targets: open.map((one) => ({ ...one, isSick: false })),
      sources: sources.filter(({ botId }) => bots.some((bot) => bot.botId === botId)),
    };
  }
}
