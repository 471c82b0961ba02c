import { context, isSpanContextValid, trace } from '@opentelemetry/api';

/** `trace_id`, and `span_id` where this process makes spans, of what is being worked on; nothing outside of any trace. */
export function traceFields(): { trace_id?: string; span_id?: string } {
  const active = trace.getSpanContext(context.active());
  if (!active || !isSpanContextValid(active)) return {};
  return active.isRemote ? { trace_id: active.traceId } : { trace_id: active.traceId, span_id: active.spanId };
}
