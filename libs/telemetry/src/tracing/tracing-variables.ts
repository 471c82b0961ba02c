/** How a root span is chosen, by OpenTelemetry's own names; what a record or a caller decided is kept where it says `parentbased`. */
export interface Sampling {
  readonly followsParent: boolean;
  /** The part of new traces that is recorded, 0 to 1. */
  readonly ratio: number;
}

/** What of OpenTelemetry's standard variables is ours to read; the exporter reads its own (endpoint, headers, time-out, certificates). */
export interface TracingVariables {
  readonly isOn: boolean;
  readonly sampling: Sampling;
  /** Finished spans that wait for the collector at most; what comes above is dropped. */
  readonly maxQueueSize: number;
  readonly maxExportBatchSize: number;
  readonly scheduledDelayMillis: number;
  /** What was given and cannot be understood, a sentence each; the default holds then. */
  readonly problems: readonly string[];
}

const DEFAULT_SAMPLER = 'parentbased_always_on';

/** Reads the variables; never throws, for a service without traces is better than none. */
export function readTracingVariables(env: NodeJS.ProcessEnv): TracingVariables {
  const problems: string[] = [];
  const isOff = env['OTEL_SDK_DISABLED']?.trim().toLowerCase() === 'true' || env['OTEL_TRACES_EXPORTER']?.trim() === 'none';
  const endpoint = env['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT']?.trim() || env['OTEL_EXPORTER_OTLP_ENDPOINT']?.trim();
  const isAddress = endpoint ? URL.canParse(endpoint) && /^https?:/.test(endpoint) : false;
  if (endpoint && !isAddress)
    problems.push('The endpoint of OTLP must be an http:// or https:// address, for example http://collector:4318: there are no traces.');
  const whole = (name: string, fallback: number): number => {
    const given = env[name]?.trim();
    if (!given) return fallback;
    const number = Number(given);
    if (Number.isInteger(number) && number > 0) return number;
    problems.push(`${name} must be a whole number above 0: ${fallback} is used.`);
    return fallback;
  };
  const maxQueueSize = whole('OTEL_BSP_MAX_QUEUE_SIZE', 2_048);
  return {
    isOn: !isOff && isAddress,
    sampling: readSampling(env, problems),
    maxQueueSize,
    maxExportBatchSize: Math.min(maxQueueSize, whole('OTEL_BSP_MAX_EXPORT_BATCH_SIZE', 512)),
    scheduledDelayMillis: whole('OTEL_BSP_SCHEDULE_DELAY', 5_000),
    problems,
  };
}

function readSampling(env: NodeJS.ProcessEnv, problems: string[]): Sampling {
  const name = env['OTEL_TRACES_SAMPLER']?.trim().toLowerCase() || DEFAULT_SAMPLER;
  const followsParent = name.startsWith('parentbased_');
  switch (name.replace('parentbased_', '')) {
    case 'always_on':
      return { followsParent, ratio: 1 };
    case 'always_off':
      return { followsParent, ratio: 0 };
    case 'traceidratio': {
      const given = env['OTEL_TRACES_SAMPLER_ARG']?.trim();
      const ratio = given ? Number(given) : 1;
      if (ratio >= 0 && ratio <= 1) return { followsParent, ratio };
      problems.push('OTEL_TRACES_SAMPLER_ARG must be a number from 0 to 1: 1 is used.');
      return { followsParent, ratio: 1 };
    }
    default:
      problems.push(`OTEL_TRACES_SAMPLER names no sampler that is known here: ${DEFAULT_SAMPLER} is used.`);
      return { followsParent: true, ratio: 1 };
  }
}
