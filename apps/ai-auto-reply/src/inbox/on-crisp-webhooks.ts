import { crispWebhooks } from '@baton/contracts';
import type { BotSettings, ReceivedEvent } from '@baton/contracts';
import { OnEvents, UnprocessableEvent } from '@baton/messaging';
import { SettingsStore } from '@baton/settings';
import { Controller } from '@nestjs/common';
import { HooksSeen } from '../connection/hooks-seen.js';
import { caseOf } from './case-of.js';
import { InboxJudge } from './inbox-judge.js';
import type { Case } from './inbox-judge.js';
import { botOfInbox } from './mode-of.js';
import { Observations } from './observations.js';
import { readHook } from './read-hook.js';

type Hook = ReceivedEvent<typeof crispWebhooks>;

/** What happens in the inboxes of our bots' websites. */
@Controller()
export class OnCrispWebhooks {
  constructor(
    private readonly judge: InboxJudge,
    private readonly settings: SettingsStore,
    private readonly observations: Observations,
    private readonly seen: HooksSeen,
  ) {}

  @OnEvents(crispWebhooks)
  async handle(hooks: readonly Hook[]): Promise<void> {
    const cases: Case[] = [];
    for (const hook of hooks) {
      const bot = this.botOf(hook);
      const sessionId = hook.data.data.session_id;
      if (!bot || sessionId === undefined) continue;
      const reading = readHook(hook.data);
      if ('unreadable' in reading) throw new UnprocessableEvent(`${hook.data.event}: ${reading.unreadable}`);
      if ('ignored' in reading) {
        this.observations.ignored(reading.ignored);
        continue;
      }
      cases.push({ ...caseOf({ websiteId: hook.data.website_id, sessionId, bot }, reading), traceparent: hook.traceparent });
    }
    await this.judge.judge(cases);
  }

  /** The bot that answers in this website's inbox; a website's hook speaks for its own website only. */
  private botOf({ data, extensions, time }: Hook): BotSettings | undefined {
    const { botid } = extensions;
    const byAddressOf = botid === undefined ? undefined : this.settings.bot(botid);
    if (botid !== undefined && byAddressOf?.crisp?.websiteId !== data.website_id) {
      this.observations.ignored('wrong-website');
      return undefined;
    }
    const bots = this.settings.botsOfWebsite(data.website_id);
    for (const { botId } of byAddressOf ? [byAddressOf] : bots) this.seen.saw(data.website_id, botId, time);
    const bot = botOfInbox(bots, byAddressOf);
    if (bot !== undefined && bot !== 'ambiguous') return bot;
    this.observations.ignored(bot ?? 'inbox-off');
    return undefined;
  }
}
