import { deliveries, derivedId, encodeEvent, newId } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';

/** A delivery for the conversation `key`, the `n`th of it, counted from 1. */
export function aDelivery(key: string, n: number, id = newId()): OutgoingRecord {
  const sample = deliveries.events['delivery.removal'].sample;
  const data = { ...sample, conversationId: derivedId('test', key), deliverySequence: n };
  return encodeEvent(deliveries, 'delivery.removal', data, { id, source: 'urn:baton:test', time: new Date() });
}
