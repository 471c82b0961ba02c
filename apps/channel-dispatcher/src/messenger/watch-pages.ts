import type { PagesStore, StoppedPage } from './out/pages.store.js';
import type { TellWaiting } from './out/tell-waiting.js';
import type { MessengerSigns } from './signs.js';

/** Knows, a look ago, which pages of our bots are stopped, whichever replica found that out, and tells what waits for them. */
export class WatchPages {
  stopped: readonly StoppedPage[] = [];

  constructor(
    private readonly parts: {
      readonly store: PagesStore;
      readonly signs: MessengerSigns;
      readonly tell: TellWaiting;
      readonly isOurs: (pageId: string) => boolean;
    },
  ) {}

  async look(): Promise<void> {
    const { store, signs, tell, isOurs } = this.parts;
    this.stopped = (await store.stopped()).filter(({ pageId }) => isOurs(pageId));
    signs.leaveOut(this.stopped.map(({ pageId }) => pageId));
    for (const page of this.stopped) await tell.run(page, new Date());
  }
}
