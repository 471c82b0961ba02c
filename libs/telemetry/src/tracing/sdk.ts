import { diag, DiagLogLevel, trace } from '@opentelemetry/api';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto';
import { detectResources, envDetector, defaultResource, resourceFromAttributes } from '@opentelemetry/resources';
import {
  AlwaysOffSampler,
  AlwaysOnSampler,
  BatchSpanProcessor,
  ParentBasedSampler,
  RandomIdGenerator,
  TraceIdRatioBasedSampler,
  TracerProvider,
} from '@opentelemetry/sdk-trace';
import type { IdGenerator, Sampler } from '@opentelemetry/sdk-trace';
import { prescribedTraceId } from './prescribed-trace.js';
import type { Sampling, TracingVariables } from './tracing-variables.js';

export interface SdkOptions {
  readonly service: string;
  readonly version: string;
  readonly instance: string;
  readonly variables: TracingVariables;
  /** Told that spans do not get out, in words; never what they say. */
  readonly onTrouble: (trouble: string) => void;
}

/** Makes OpenTelemetry record and send spans; what the environment says of service and resource goes before what is given here. */
export function startSdk({ service, version, instance, variables, onTrouble }: SdkOptions): TracerProvider {
  const { maxQueueSize, maxExportBatchSize, scheduledDelayMillis } = variables;
  const told = (message: string): void => onTrouble(message.slice(0, 200));
  diag.setLogger(
    { error: (message) => told(reasonIn(message)), warn: told, info: () => undefined, debug: () => undefined, verbose: () => undefined },
    { logLevel: DiagLogLevel.WARN, suppressOverrideMessage: true },
  );
  const given = resourceFromAttributes({
    'service.name': service,
    'service.namespace': 'baton',
    'service.version': version,
    'service.instance.id': instance,
  });
  const provider = new TracerProvider({
    resource: defaultResource()
      .merge(given)
      .merge(detectResources({ detectors: [envDetector] })),
    sampler: samplerOf(variables.sampling),
    idGenerator: new FactIds(),
    // What is longer is nothing of ours.
    spanLimits: { attributeValueLengthLimit: 200 },
    spanProcessors: [new BatchSpanProcessor({ exporter: new OTLPTraceExporter(), maxQueueSize, maxExportBatchSize, scheduledDelayMillis })],
  });
  trace.setGlobalTracerProvider(provider);
  return provider;
}

function samplerOf({ followsParent, ratio }: Sampling): Sampler {
  const root = ratio === 1 ? new AlwaysOnSampler() : ratio === 0 ? new AlwaysOffSampler() : new TraceIdRatioBasedSampler(ratio);
  return followsParent ? new ParentBasedSampler({ root }) : root;
}

/** Errors come as their fields in JSON, with a stack and what the collector answered: the message is enough. */
function reasonIn(message: string): string {
  try {
    const { message: reason, name } = JSON.parse(message) as { message?: string; name?: string };
    return reason || name || 'an error without words';
  } catch {
    return message;
  }
}

/** Random ids, except for a trace that is named after the fact it begins with. */
class FactIds implements IdGenerator {
  private readonly random = new RandomIdGenerator();

  generateTraceId(): string {
    return prescribedTraceId() ?? this.random.generateTraceId();
  }

  generateSpanId(): string {
    return this.random.generateSpanId();
  }
}
