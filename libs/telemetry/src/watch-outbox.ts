import { gauge } from './metrics.js';
import { METRICS } from './names.js';

/** What an outbox knows of itself. */
export interface WatchedOutbox {
  readonly waiting: { readonly rows: number; readonly oldestAgeMs: number };
}

/** Shows what waits in a service's outbox. */
export function watchOutbox(outbox: WatchedOutbox): void {
  gauge(METRICS.outboxWaiting, (of) => of.set(outbox.waiting.rows));
  gauge(METRICS.outboxOldestAge, (of) => of.set(outbox.waiting.oldestAgeMs / 1_000));
}
