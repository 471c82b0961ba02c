import type { PagesStore } from './out/pages.store.js';
import type { MessengerSigns } from './signs.js';

/** Knows, a look ago, which pages are stopped, whichever replica found that out. */
export class WatchPages {
  stopped: readonly string[] = [];

  constructor(
    private readonly store: PagesStore,
    private readonly signs: MessengerSigns,
  ) {}

  async look(): Promise<void> {
    this.stopped = await this.store.stopped();
    this.signs.leaveOut(this.stopped);
  }
}
