import type { PagesStore } from './out/pages.store.js';
import type { MessengerSigns } from './signs.js';

/** Knows, a look ago, which pages of our bots are stopped, whichever replica found that out. */
export class WatchPages {
  stopped: readonly string[] = [];

  constructor(
    private readonly store: PagesStore,
    private readonly signs: MessengerSigns,
    private readonly isOurs: (pageId: string) => boolean,
  ) {}

  async look(): Promise<void> {
    this.stopped = (await this.store.stopped()).filter(this.isOurs);
    this.signs.leaveOut(this.stopped);
  }
}
