import { handovers } from '@baton/contracts';
import type { ReceivedEvent } from '@baton/contracts';
import { OnEvents } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { Controller } from '@nestjs/common';
import { InboxJudge } from './inbox-judge.js';
import type { Case } from './inbox-judge.js';

/** A session that a handover opened is known as such even if none of its marks ever reached us. */
@Controller()
export class OnHandovers {
  constructor(
    private readonly judge: InboxJudge,
    private readonly settings: SettingsStore,
  ) {}

  @OnEvents(handovers)
  async handle(events: readonly ReceivedEvent<typeof handovers>[]): Promise<void> {
    const cases = events.flatMap((event): Case[] => {
      if (event.type !== 'handover.accepted') return [];
      const { bot_id: botId, crisp_website_id: websiteId, crisp_session_id: sessionId } = event.data;
      const workspaceId = this.settings.bot(botId)?.workspaceId;
      if (workspaceId === undefined) return [];
      return [{ sessionId, begins: { sessionId, websiteId, botId, workspaceId }, facts: [{ kind: 'handover' }], id: null }];
    });
    await this.judge.judge(cases);
  }
}
