import { ANY, METRICS } from '@baton/telemetry';
import type { LabelValues, Metric } from '@baton/telemetry';

/** A series that may be asked for. */
export interface Series {
  readonly kind: 'counter' | 'gauge' | 'bucket';
  readonly labels: Readonly<Record<string, LabelValues>>;
  /** Of a bucket: its upper bounds. */
  readonly bounds?: readonly string[];
}

/** What Prometheus itself says of where a series comes from; pods have the last four. */
export const TARGET_LABELS = ['job', 'instance', 'namespace', 'pod', 'service', 'container', 'endpoint'];

/** What every process says of itself, by prom-client. */
const OF_PROCESSES: Readonly<Record<string, Series>> = {
  process_start_time_seconds: { kind: 'gauge', labels: {} },
  process_cpu_seconds_total: { kind: 'counter', labels: {} },
  process_resident_memory_bytes: { kind: 'gauge', labels: {} },
  process_open_fds: { kind: 'gauge', labels: {} },
  nodejs_eventloop_lag_p99_seconds: { kind: 'gauge', labels: {} },
  nodejs_heap_size_used_bytes: { kind: 'gauge', labels: {} },
  nodejs_gc_duration_seconds_sum: { kind: 'counter', labels: { kind: ANY } },
};

/** Of kube-state-metrics, cAdvisor and Prometheus; what asks for them also works where they are not. */
export const OF_THE_CLUSTER: Readonly<Record<string, Series>> = {
  ALERTS: {
    kind: 'gauge',
    labels: { alertname: ANY, alertstate: ['pending', 'firing'], severity: ['critical', 'warning'], code: ANY, bot: ANY, topic: ANY },
  },
  kube_pod_container_status_restarts_total: { kind: 'counter', labels: { uid: ANY } },
  kube_pod_container_resource_limits: { kind: 'gauge', labels: { resource: ANY, unit: ANY, node: ANY, uid: ANY } },
  container_memory_working_set_bytes: { kind: 'gauge', labels: { image: ANY, id: ANY, name: ANY, node: ANY } },
};

/** Every series that Baton exposes, by its name. */
export function exposedSeries(): ReadonlyMap<string, Series> {
  const ours = Object.values(METRICS as Readonly<Record<string, Metric>>).flatMap(seriesOf);
  return new Map([...ours, ...Object.entries(OF_PROCESSES)]);
}

function seriesOf({ kind, name, labels, buckets = [] }: Metric): [string, Series][] {
  if (kind !== 'histogram') return [[name, { kind, labels }]];
  const bounds = [...buckets.map(String), '+Inf'];
  return [
    [`${name}_bucket`, { kind: 'bucket', labels: { ...labels, le: ANY }, bounds }],
    [`${name}_sum`, { kind: 'counter', labels }],
    [`${name}_count`, { kind: 'counter', labels }],
  ];
}
