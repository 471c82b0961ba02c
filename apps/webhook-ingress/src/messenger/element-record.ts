import { encodeEvent, messengerWebhooks, sourceOf } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import { messengerEventId } from '@baton/messenger/hooks';
import type { MessengerElement } from '@baton/messenger/hooks';
import { traceOf } from '../store/trace-of.js';

const SOURCE = sourceOf('webhook-ingress');

/** The record of one element of a verified web hook, keyed so that what a person and a page say to each other keeps its order. */
export function elementRecord(botId: string, element: MessengerElement, time: Date): OutgoingRecord {
  const id = messengerEventId(element);
  return encodeEvent(messengerWebhooks, 'messenger.webhook', { botId, ...element }, { id, source: SOURCE, time, traceparent: traceOf(id) });
}
