import type { BotSettings } from '@baton/contracts';
import { InnerDoor } from '@baton/passes';
import type { Errand, Pass } from '@baton/passes';
import { SettingsStore } from '@baton/settings';
import { Injectable } from '@nestjs/common';
import { Refusal } from '../http/refusal.js';
import type { RefusalCode } from '../http/refusal.js';

/** Opens the inner doors: to who has a pass of the control plane, for what belongs to the workspace of the pass. */
@Injectable()
export class InnerRequests {
  constructor(
    private readonly door: InnerDoor,
    private readonly settings: SettingsStore,
  ) {}

  /** @throws Refusal 401 or 403 without the right pass, 503 where nobody configured the doors */
  pass(authorization: string | undefined, errand: Errand, may: Pass['may'] = 'read'): Pass {
    const opened = this.door.open(authorization, errand, may);
    if ('status' in opened) throw new Refusal(opened.error.code as RefusalCode, opened.error.message);
    return opened;
  }

  /** The bot of the address, where it belongs to the pass's workspace. @throws Refusal, 404 for another workspace's as for one that is not there */
  bot(botId: string, authorization: string | undefined, errand: Errand, may: Pass['may'] = 'read'): BotSettings {
    const { workspaceId } = this.pass(authorization, errand, may);
    const bot = this.settings.bot(botId);
    if (bot?.workspaceId === workspaceId) return bot;
    if (!this.settings.isFresh(new Date())) throw new Refusal('not-ready', 'settings are still being read');
    throw new Refusal('not-found', 'this workspace has no such bot');
  }
}
