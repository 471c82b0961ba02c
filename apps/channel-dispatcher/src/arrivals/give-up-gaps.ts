import { GAP_PATIENCE_MS } from '../log/append-deliveries.js';
import type { LogStore } from '../log/log.store.js';
import type { Push } from '../push/push.js';
import type { Deliver } from './deliver.js';

const CONVERSATIONS_AT_ONCE = 100;

/** Ends the waiting for deliveries that did not come in time. Several replicas may do it at once: the row's lock lets one of them decide. */
export class GiveUpGaps {
  constructor(
    private readonly store: LogStore,
    private readonly deliver: Deliver,
    private readonly push: Push,
  ) {}

  async run(now: Date): Promise<void> {
    const waiting = await this.store.waitingSince(new Date(now.getTime() - GAP_PATIENCE_MS), CONVERSATIONS_AT_ONCE);
    if (waiting.length === 0) return;
    this.push.lines(
      await this.deliver.deliver(
        waiting.map((to) => ({ to, arrived: [] })),
        now,
      ),
    );
  }
}
