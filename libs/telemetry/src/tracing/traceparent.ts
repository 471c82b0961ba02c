import { TraceFlags } from '@opentelemetry/api';
import type { SpanContext } from '@opentelemetry/api';

/** Reads a W3C traceparent of version 00; undefined when there is none or it is broken. */
export function readTraceparent(header: string | undefined): SpanContext | undefined {
  const found = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/.exec(header ?? '');
  if (!found || /^0+$/.test(found[1]!) || /^0+$/.test(found[2]!)) return undefined;
  const sampled = (parseInt(found[3]!, 16) & TraceFlags.SAMPLED) === TraceFlags.SAMPLED;
  return { traceId: found[1]!, spanId: found[2]!, traceFlags: sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true };
}

/** The traceparent of what a span causes. */
export function writeTraceparent({ traceId, spanId, traceFlags }: SpanContext): string {
  return `00-${traceId}-${spanId}-${(traceFlags & TraceFlags.SAMPLED) === TraceFlags.SAMPLED ? '01' : '00'}`;
}

/** The trace of a fact is named after the fact's id (a UUID), so that a repeated fact stays in the same one. */
export function traceIdOfFact(id: string): string {
  return id.replaceAll('-', '');
}

/** Where a fact's trace begins while nobody records it: the name of the trace goes on with all that follows, into decisions and logs. */
export function traceparentOfFact(id: string): string {
  const traceId = traceIdOfFact(id);
  return `00-${traceId}-${traceId.slice(16)}-00`;
}
