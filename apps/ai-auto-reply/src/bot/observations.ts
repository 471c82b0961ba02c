import type { Channel } from '@baton/contracts';
import { counter, histogram, METRICS } from '@baton/telemetry';
import type { Receipt } from '../receipts/receipt.js';

/** How the work on a turn ended. */
export type Ended =
  /** Nothing is known well enough to speak; the visitor waits. */
  | { readonly as: 'later' }
  | { readonly as: 'dropped'; readonly why: string }
  /** Handed over to the orchestrator. */
  | { readonly as: 'said'; readonly kind: Receipt['kind'] };

/** What is counted of the bot in front; the names are those of all answers. */
export class FrontObservations {
  private readonly answers = counter(METRICS.answers);
  private readonly drops = counter(METRICS.answersDropped);
  private readonly took = histogram(METRICS.answerSeconds);

  /** @param sinceLastMessage ms */
  ended(place: Channel, ended: Ended, sinceLastMessage: number): void {
    if (ended.as === 'later') return;
    if (ended.as === 'dropped') return this.dropped(ended.why);
    this.answers.inc({ place, kind: ended.kind, outcome: 'posted' });
    this.took.observe({ place }, Math.max(0, sinceLastMessage) / 1_000);
  }

  dropped(reason: string): void {
    this.drops.inc({ reason });
  }
}
