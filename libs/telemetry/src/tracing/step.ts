import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import type { Attributes, Link, Span } from '@opentelemetry/api';
import { withTraceId } from './prescribed-trace.js';
import { currentRecording } from './recording.js';
import { readTraceparent, traceIdOfFact, traceparentOfFact, writeTraceparent } from './traceparent.js';

/** Codes, counts, and ids of conversations, handovers and bots: nothing that anybody wrote, nothing that names a person. */
export type StepAttributes = Readonly<Record<string, string | number | boolean | undefined>>;

export interface StepOptions {
  /** `server`: asked from outside; `client`: asks outside; default `internal`. */
  readonly kind?: 'server' | 'client' | 'producer' | 'consumer' | 'internal';
  readonly attributes?: StepAttributes;
  /** When it began (ms since 1970), where that was before it could be told of. Default now. */
  readonly startedAt?: number;
}

export interface ChildOptions extends StepOptions {
  /** W3C traceparents of what else led to it. */
  readonly links?: readonly (string | undefined)[];
}

/** One piece of work, as a trace shows it. While nobody records it costs nothing and passes the trace on that it came with. */
export interface Step {
  /** For what it causes: records, effects, further steps. */
  readonly traceparent: string | undefined;
  /** Whether anybody will see it: what is costly to say need not be said else. */
  readonly isRecorded: boolean;
  add(attributes: StepAttributes): void;
  /** It did not come to a good end: a code, never words. */
  failed(code: string): void;
  /** Does work inside: its log lines, and its calls outside, belong to this step. */
  within<T>(work: () => T): T;
  /** @param at ms since 1970; default now */
  end(at?: number): void;
}

const KINDS = {
  server: SpanKind.SERVER,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
  internal: SpanKind.INTERNAL,
};

/** Begins the trace of a fact that comes from outside (a web hook, a visitor's word). The trace is named after the fact's id, a UUID. */
export function beginFact(name: string, id: string, options: StepOptions = {}): Step {
  if (!currentRecording().isOn) return new PassedOn(traceparentOfFact(id));
  const span = withTraceId(traceIdOfFact(id), () => tracer().startSpan(name, { ...spanOptions(options), root: true }, ROOT_CONTEXT));
  return span.isRecording() ? new RecordedStep(span) : new PassedOn(traceparentOfFact(id));
}

/** Begins a step that something caused: inside the trace that its traceparent names, or in one of its own where it names none. */
export function beginStep(name: string, cause: string | undefined, options: ChildOptions = {}): Step {
  const { isOn, followsCause } = currentRecording();
  if (!isOn) return new PassedOn(cause);
  const parent = readTraceparent(cause);
  if (parent && followsCause && (parent.traceFlags & TraceFlags.SAMPLED) === 0) return new PassedOn(cause);
  const links = (options.links ?? []).flatMap((link): Link[] => {
    const linked = readTraceparent(link);
    return linked ? [{ context: linked }] : [];
  });
  const under = parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT;
  const span = tracer().startSpan(name, { ...spanOptions(options), links }, under);
  return span.isRecording() ? new RecordedStep(span) : new PassedOn(cause);
}

/** The traceparent of what is being worked on. */
export function activeTraceparent(): string | undefined {
  const active = trace.getSpanContext(context.active());
  return active && trace.isSpanContextValid(active) ? writeTraceparent(active) : undefined;
}

function tracer() {
  return trace.getTracer('@baton/telemetry');
}

function spanOptions({ kind = 'internal', attributes, startedAt }: StepOptions) {
  return {
    kind: KINDS[kind],
    ...(attributes === undefined ? {} : { attributes: attributes as Attributes }),
    ...(startedAt === undefined ? {} : { startTime: startedAt }),
  };
}

class RecordedStep implements Step {
  readonly isRecorded = true;
  readonly traceparent: string;
  private readonly span: Span;

  constructor(span: Span) {
    this.span = span;
    this.traceparent = writeTraceparent(span.spanContext());
  }

  add(attributes: StepAttributes): void {
    this.span.setAttributes(attributes as Attributes);
  }

  failed(code: string): void {
    this.span.setAttribute('error.type', code);
    this.span.setStatus({ code: SpanStatusCode.ERROR });
  }

  within<T>(work: () => T): T {
    return context.with(trace.setSpan(context.active(), this.span), work);
  }

  end(at?: number): void {
    this.span.end(at);
  }
}

class PassedOn implements Step {
  readonly isRecorded = false;
  readonly traceparent: string | undefined;

  constructor(traceparent: string | undefined) {
    this.traceparent = traceparent;
  }

  add(): void {}

  failed(): void {}

  within<T>(work: () => T): T {
    const parent = readTraceparent(this.traceparent);
    return context.with(parent ? trace.setSpanContext(ROOT_CONTEXT, parent) : ROOT_CONTEXT, work);
  }

  end(): void {}
}
