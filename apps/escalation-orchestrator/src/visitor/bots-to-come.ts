import { setTimeout as pause } from 'node:timers/promises';
import type { SettingsStore } from '@baton/settings';

/** The dispatcher may know a new bot a moment before us: its first visitor's words wait so long (ms). */
const WAIT = 5_000;
/** Then the bot counts as gone, and is not waited for again so soon (ms). */
const GONE_FOR = 60_000;
const LOOK_EVERY = 50;

/** Waits for the settings of bots that visitors write to, so that nobody's first words are put aside. */
export class BotsToCome {
  private readonly gone = new Map<string, number>();

  /** @param now ms */
  constructor(
    private readonly settings: Pick<SettingsStore, 'bot'>,
    private readonly now: () => number,
  ) {}

  async wait(botIds: Iterable<string>): Promise<void> {
    const began = this.now();
    const missing = new Set([...new Set(botIds)].filter((botId) => this.isAwaited(botId)));
    while (missing.size > 0 && this.now() - began < WAIT) {
      await pause(LOOK_EVERY);
      for (const botId of missing) if (this.settings.bot(botId)) missing.delete(botId);
    }
    for (const botId of missing) this.gone.set(botId, this.now());
  }

  private isAwaited(botId: string): boolean {
    if (this.settings.bot(botId)) return false;
    const since = this.gone.get(botId);
    return since === undefined || this.now() - since > GONE_FOR;
  }
}
