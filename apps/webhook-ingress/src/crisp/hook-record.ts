import { crispWebhooks, headersOf, sourceOf, typeOnTheWire } from '@baton/contracts';
import type { CrispWebhook, CrispWebhookExtensions, OutgoingRecord } from '@baton/contracts';
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

/** The trace of a fact begins here, and a repeated fact stays in the same one: it is named after the id. */
function traceOf(id: string): string {
  const hex = id.replaceAll('-', '');
  return `00-${hex}-${hex.slice(16)}-00`;
}
