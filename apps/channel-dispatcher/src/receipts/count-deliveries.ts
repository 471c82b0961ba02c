import { DeliveryFailureSchema } from '@baton/contracts';
import type { Channel } from '@baton/contracts';
import { counter, histogram, METRICS } from '@baton/telemetry';
import type { WrittenLine } from '../log/written-line.js';
import type { Outcome } from './receipt-records.js';

/** Counts what became of messages to visitors; what is failed by its class. Called after the commit. */
export function countDeliveries(channel: string, outcomes: readonly Pick<Outcome, 'status' | 'failure'>[]): void {
  const all = counter(METRICS.deliveries);
  for (const { status, failure } of outcomes) {
    all.inc({ channel, outcome: status, reason: status === 'failed' ? (failure ?? 'permanent') : '' });
  }
}

/** What can become of them stands there from the start: a first failure must look like a rise. */
export function beginToCountDeliveries(channels: readonly Channel[]): void {
  const all = counter(METRICS.deliveries);
  histogram(METRICS.agentWord);
  counter(METRICS.deliveryGaps);
  for (const channel of channels) {
    for (const outcome of METRICS.deliveries.labels.outcome) {
      const reasons = outcome === 'failed' ? DeliveryFailureSchema.options : [''];
      for (const reason of reasons) all.inc({ channel, outcome, reason }, 0);
    }
  }
}

/** What an agent said reached his visitor. @param saidAt by Crisp's clock, which may be ahead of ours */
export function timeAgentWord(channel: string, saidAt: string | Date, now: number): void {
  histogram(METRICS.agentWord).observe({ channel }, Math.max(0, now - new Date(saidAt).getTime()) / 1_000);
}

/** Places in the order of a conversation that were left empty. @param lines committed */
export function countGaps(lines: readonly Pick<WrittenLine, 'kind'>[]): void {
  const gaps = lines.filter(({ kind }) => kind === 'gap').length;
  if (gaps > 0) counter(METRICS.deliveryGaps).inc(gaps);
}
