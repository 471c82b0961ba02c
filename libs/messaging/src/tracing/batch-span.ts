import { context, propagation, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import type { Attributes, Context, Link } from '@opentelemetry/api';
import { isSampled } from './traceparent.js';

/** More links than this make a span that nobody reads. */
const MAX_LINKS = 64;

/** What is done with several records at once. */
export interface BatchWork {
  /** As OpenTelemetry's conventions for messaging have it: `process visitor-messages`. */
  readonly name: string;
  readonly kind: SpanKind;
  readonly attributes: Attributes;
}

/** Taking a batch of a topic's records to its end. */
export function processing(topic: string, groupId: string, count: number): BatchWork {
  const operation = { 'messaging.operation.type': 'process', 'messaging.operation.name': 'process' };
  const attributes = { ...inKafka(count), ...operation, 'messaging.destination.name': topic, 'messaging.consumer.group.name': groupId };
  return { name: `process ${topic}`, kind: SpanKind.CONSUMER, attributes };
}

/** One request to Kafka. */
export function sending(topics: ReadonlySet<string>, count: number): BatchWork {
  const [topic] = topics;
  const destination = topics.size === 1 ? { 'messaging.destination.name': topic! } : {};
  const attributes = { ...inKafka(count), 'messaging.operation.type': 'send', 'messaging.operation.name': 'send', ...destination };
  return { name: topics.size === 1 ? `send ${topic!}` : 'send', kind: SpanKind.PRODUCER, attributes };
}

/** Rows of the outbox on their way, until Kafka has them. */
export function leavingOutbox(count: number): BatchWork {
  return { name: 'outbox send', kind: SpanKind.INTERNAL, attributes: { 'messaging.batch.message_count': count } };
}

/**
 * Does work for several records inside one span: it stands in the trace of the first that is recorded, and is linked to each that is. Where
 * none is recorded there is no span, and a record that came alone gives its trace to what is logged meanwhile.
 */
export async function inBatchSpan<T>(
  traceparents: readonly (string | undefined)[],
  describe: () => BatchWork,
  work: () => Promise<T>,
): Promise<T> {
  if (!traceparents.some(isSampled)) {
    // Also where it is none: whose context this loop was once begun in is not what it works on.
    return context.with(traceparents.length === 1 ? contextOf(traceparents[0]) : ROOT_CONTEXT, work);
  }
  const causes = [...new Set(traceparents.filter(isSampled))].slice(0, MAX_LINKS).map(contextOf);
  const links = causes.flatMap((cause): Link[] => {
    const linked = trace.getSpanContext(cause);
    return linked ? [{ context: linked }] : [];
  });
  const { name, kind, attributes } = describe();
  const span = trace.getTracer('@baton/messaging').startSpan(name, { kind, attributes, links }, causes[0]);
  try {
    return await context.with(trace.setSpan(context.active(), span), work);
  } catch (error) {
    span.setAttribute('error.type', error instanceof Error ? error.name : 'unknown');
    span.setStatus({ code: SpanStatusCode.ERROR });
    throw error;
  } finally {
    span.end();
  }
}

function contextOf(traceparent: string | undefined): Context {
  return propagation.extract(ROOT_CONTEXT, { traceparent });
}

function inKafka(count: number): Attributes {
  return { 'messaging.system': 'kafka', 'messaging.batch.message_count': count };
}
