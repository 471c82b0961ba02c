import { context, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { readTraceparent } from './traceparent.js';

/** More links than this make a span nobody reads. */
const MAX_LINKS = 64;

/** Runs a batch inside one span with a link to each record's producer. Costs next to nothing while no SDK is set up. */
export async function inBatchSpan<T>(
  topic: string,
  events: readonly { readonly traceparent: string | undefined }[],
  work: () => Promise<T>,
): Promise<T> {
  const span = trace.getTracer('@baton/messaging').startSpan(`process ${topic}`, {
    kind: SpanKind.CONSUMER,
    attributes: { 'messaging.system': 'kafka', 'messaging.destination.name': topic, 'messaging.batch.message_count': events.length },
  });
  if (!span.isRecording()) return work();
  for (const { traceparent } of events.slice(0, MAX_LINKS)) {
    const parent = readTraceparent(traceparent);
    if (parent) span.addLink({ context: { ...parent, traceFlags: parent.sampled ? TraceFlags.SAMPLED : TraceFlags.NONE, isRemote: true } });
  }
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}
