import { DeclineReasonSchema, TimeoutKindSchema } from '@baton/contracts';
import { counter, histogram, METRICS } from '@baton/telemetry';
import type { HandoverNews } from '../judge/writings.js';

const REASONS = {
  requested: ['bot', 'api', 'agent', 'visitor', 'rule'],
  declined: DeclineReasonSchema.options,
  'timed-out': TimeoutKindSchema.options,
  cancelled: ['visitor', 'bot'],
};

/** Counts requests for a human and what became of them, and how long that took. */
export class CountHandovers {
  private readonly all = counter(METRICS.handovers);
  private readonly reasons = counter(METRICS.handoverReasons);
  private readonly decision = histogram(METRICS.handoverDecision);
  private readonly firstWord = histogram(METRICS.handoverFirstWord);
  private readonly resolve = histogram(METRICS.handoverResolve);

  constructor() {
    for (const [event, reasons] of Object.entries(REASONS)) for (const reason of reasons) this.reasons.inc({ event, reason }, 0);
  }

  /** There is such a bot: its first request must look like a rise. */
  knows(botId: string): void {
    for (const event of METRICS.handovers.labels.event) this.all.inc({ bot: botId, event }, 0);
  }

  heard({ botId, type, reason, requestedAt, at }: HandoverNews): void {
    const event = type.replace('handover.', '');
    // It tells the facts of an end anew; nothing happened.
    if (event === 'outcome') return;
    this.all.inc({ bot: botId, event });
    if (reason !== null) this.reasons.inc({ event, reason });
    if (requestedAt === null) return;
    const seconds = Math.max(0, at - requestedAt) / 1_000;
    if (event === 'accepted' || event === 'declined') this.decision.observe({ outcome: event }, seconds);
    if (event === 'connected') this.firstWord.observe(seconds);
    if (event === 'resolved') this.resolve.observe(seconds);
  }
}
