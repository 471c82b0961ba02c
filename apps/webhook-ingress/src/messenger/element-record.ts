import { encodeEvent, messengerWebhooks, sourceOf } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { MessengerElement } from '@baton/messenger/hooks';

const SOURCE = sourceOf('webhook-ingress');

export interface ElementAttributes {
  readonly id: string;
  readonly time: Date;
  readonly traceparent: string | undefined;
}

/** The record of one element of a verified web hook, keyed so that what a person and a page say to each other keeps its order. */
export function elementRecord(botId: string, element: MessengerElement, { id, time, traceparent }: ElementAttributes): OutgoingRecord {
  return encodeEvent(messengerWebhooks, 'messenger.webhook', { botId, ...element }, { id, source: SOURCE, time, traceparent });
}
