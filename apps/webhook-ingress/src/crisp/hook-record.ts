import { crispWebhooks, headersOf, sourceOf, typeOnTheWire } from '@baton/contracts';
import type { CrispWebhook, CrispWebhookExtensions, OutgoingRecord } from '@baton/contracts';
import { traceOf } from '../store/trace-of.js';
import { hookId } from './hook-id.js';

const SOURCE = sourceOf('webhook-ingress');
const TYPE = typeOnTheWire('crisp.webhook', crispWebhooks.events['crisp.webhook'].version);

/** The record of a verified web hook: its bytes as they came, keyed so that a session keeps its order. */
export function hookRecord(hook: CrispWebhook, rawBody: Buffer, cameBy: CrispWebhookExtensions, time: Date): OutgoingRecord {
  const id = hookId(hook, rawBody);
  return {
    topic: crispWebhooks.name,
    key: crispWebhooks.key(hook as never),
    value: rawBody,
    headers: headersOf(TYPE, { id, source: SOURCE, time, traceparent: traceOf(id), extensions: cameBy as Record<string, string> }),
  };
}
