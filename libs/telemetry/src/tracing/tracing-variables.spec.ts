import { describe, expect, it } from '@jest/globals';
import { readTracingVariables } from './tracing-variables.js';

const ON = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318' };

describe('traces', () => {
  it.each<[string, NodeJS.ProcessEnv, boolean]>([
    ['no endpoint', {}, false],
    ['an empty endpoint', { OTEL_EXPORTER_OTLP_ENDPOINT: '' }, false],
    ['an endpoint', ON, true],
    ['an endpoint for traces alone', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'https://traces.example/v1/traces' }, true],
    ['an endpoint, but the SDK disabled', { ...ON, OTEL_SDK_DISABLED: 'TRUE' }, false],
    ['an endpoint, but no exporter wanted', { ...ON, OTEL_TRACES_EXPORTER: 'none' }, false],
    ['an endpoint that is no address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, false],
  ])('with %s are on: %s', (_, env, isOn) => {
    expect(readTracingVariables(env).isOn).toBe(isOn);
  });

  it.each<[string | undefined, string | undefined, { followsParent: boolean; ratio: number }]>([
    [undefined, undefined, { followsParent: true, ratio: 1 }],
    ['always_on', undefined, { followsParent: false, ratio: 1 }],
    ['always_off', undefined, { followsParent: false, ratio: 0 }],
    ['traceidratio', '0.25', { followsParent: false, ratio: 0.25 }],
    ['parentbased_always_on', undefined, { followsParent: true, ratio: 1 }],
    ['parentbased_always_off', undefined, { followsParent: true, ratio: 0 }],
    ['parentbased_traceidratio', '0.01', { followsParent: true, ratio: 0.01 }],
    ['parentbased_traceidratio', '0', { followsParent: true, ratio: 0 }],
  ])('by the sampler %s with %s are chosen as OpenTelemetry says', (sampler, arg, sampling) => {
    const read = readTracingVariables({ ...ON, OTEL_TRACES_SAMPLER: sampler, OTEL_TRACES_SAMPLER_ARG: arg });
    expect(read.sampling).toEqual(sampling);
    expect(read.problems).toEqual([]);
  });

  it.each<[string, NodeJS.ProcessEnv, string]>([
    ['a sampler nobody knows', { OTEL_TRACES_SAMPLER: 'jaeger_remote' }, 'OTEL_TRACES_SAMPLER'],
    ['a ratio above 1', { OTEL_TRACES_SAMPLER: 'traceidratio', OTEL_TRACES_SAMPLER_ARG: '5' }, 'OTEL_TRACES_SAMPLER_ARG'],
    ['a queue that is no number', { OTEL_BSP_MAX_QUEUE_SIZE: 'many' }, 'OTEL_BSP_MAX_QUEUE_SIZE'],
    ['an endpoint that is no address', { OTEL_EXPORTER_OTLP_ENDPOINT: 'collector:4318' }, 'endpoint'],
  ])('go on by the defaults after %s, and one sentence says so', (_, env, named) => {
    const { problems } = readTracingVariables({ ...ON, ...env });
    expect(problems).toEqual([expect.stringContaining(named)]);
  });

  it('wait in a bounded queue, no request larger than it', () => {
    const read = readTracingVariables({ ...ON, OTEL_BSP_MAX_QUEUE_SIZE: '100', OTEL_BSP_SCHEDULE_DELAY: '250' });
    expect(read).toMatchObject({ maxQueueSize: 100, maxExportBatchSize: 100, scheduledDelayMillis: 250 });
  });
});
