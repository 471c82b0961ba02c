import { crispWebhooks, headersOf, sourceOf, typeOnTheWire } from '@baton/contracts';
import type { CrispWebhook, CrispWebhookExtensions, OutgoingRecord } from '@baton/contracts';

const SOURCE = sourceOf('webhook-ingress');
const TYPE = typeOnTheWire('crisp.webhook', crispWebhooks.events['crisp.webhook'].version);

export interface HookAttributes {
  readonly id: string;
  readonly time: Date;
  readonly cameBy: CrispWebhookExtensions;
  readonly traceparent: string | undefined;
}

/** The record of a verified web hook: its bytes as they came, keyed so that a session keeps its order. */
export function hookRecord(hook: CrispWebhook, rawBody: Buffer, { id, time, cameBy, traceparent }: HookAttributes): OutgoingRecord {
  return {
    topic: crispWebhooks.name,
    key: crispWebhooks.key(hook as never),
    value: rawBody,
    headers: headersOf(TYPE, { id, source: SOURCE, time, traceparent, extensions: cameBy as Record<string, string> }),
  };
}
