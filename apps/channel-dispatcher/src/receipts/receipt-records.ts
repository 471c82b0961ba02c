import { deliveryReceipts, encodeEvent, newId, sourceOf } from '@baton/contracts';
import type { DeliveryFailure, DeliveryStatus, OutgoingRecord } from '@baton/contracts';

/** What became of one message. */
export interface Outcome {
  readonly conversationId: string;
  readonly botId: string;
  readonly messageId: string;
  readonly status: DeliveryStatus;
  /** Only with `failed`. */
  readonly reason?: string | undefined;
  readonly failure?: DeliveryFailure | undefined;
}

/** A receipt names at most 200 messages. */
const PER_RECEIPT = 200;

/**
 * One record per conversation and outcome, as long as the ids fit, in the order of the first message of each.
 * @param traceparent W3C trace context of what brought them, where that is one thing
 */
export function receiptRecords(outcomes: readonly Outcome[], now: Date, traceparent?: string): OutgoingRecord[] {
  const groups = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const { conversationId, status, reason = '', failure = '' } = outcome;
    const key = [conversationId, status, reason, failure].join(' ');
    const group = groups.get(key);
    if (group) group.push(outcome);
    else groups.set(key, [outcome]);
  }
  return [...groups.values()].flatMap((group) => {
    const { messageId: _one, reason, failure, ...same } = group[0]!;
    const records: OutgoingRecord[] = [];
    for (let i = 0; i < group.length; i += PER_RECEIPT) {
      const data = {
        ...same,
        messageIds: group.slice(i, i + PER_RECEIPT).map(({ messageId }) => messageId),
        ...(reason === undefined ? {} : { reason }),
        ...(failure === undefined ? {} : { failure }),
        at: now.toISOString(),
      };
      const attributes = { id: newId(), source: sourceOf('dispatcher'), time: now, traceparent };
      records.push(encodeEvent(deliveryReceipts, 'delivery.receipt', data, attributes));
    }
    return records;
  });
}
