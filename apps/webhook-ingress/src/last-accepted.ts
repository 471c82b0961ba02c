import type { SettingsView } from '@baton/settings';
import { botSettingId } from '@baton/settings';
import { gauge, METRICS } from '@baton/telemetry';
import type { Platform } from './http/answering.js';

/** Shows when each bot's last web hook was stored by this replica: a platform that has given an address up says nothing any more. */
export class LastAccepted {
  private readonly bots = new Set<string>();
  private readonly at = gauge(METRICS.lastWebhook);

  constructor(settings: Pick<SettingsView, 'bot' | 'onChange'>) {
    settings.onChange((settingId) => {
      for (const botId of this.bots) {
        if (botSettingId(botId) === settingId && !settings.bot(botId)) this.forget(botId);
      }
    });
  }

  /** @param now in milliseconds */
  note(platform: Platform, botId: string, now: number): void {
    this.bots.add(botId);
    this.at.set({ platform, bot: botId }, now / 1_000);
  }

  /** A bot that is gone is not silent. */
  private forget(botId: string): void {
    this.bots.delete(botId);
    this.at.remove('crisp', botId);
    this.at.remove('messenger', botId);
  }
}
