import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createRequire } from 'node:module';
import { knownSeries } from './metric.js';
import type { Metric, MetricKind } from './metric.js';
import { METRICS } from './names.js';

/** All parts of Baton have one version. */
export const VERSION = (createRequire(import.meta.url)('../package.json') as { version: string }).version;

/** One per process; `/metrics` shows it. */
export const registry = new Registry();

/** Counts what only grows. Asking again for a metric gives the same counter. */
export function counter<Label extends string = never>(metric: Metric<'counter', Label>): Counter<Label> {
  return known<Counter<Label>>(metric.name) ?? fromZero(metric, new Counter(configurationOf(metric)), (of, labels) => of.inc(labels, 0));
}

/** Shows a value of now; `collect`, when given, is asked at each scrape. */
export function gauge<Label extends string = never>(metric: Metric<'gauge', Label>, collect?: (gauge: Gauge<Label>) => void): Gauge<Label> {
  const existing = known<Gauge<Label>>(metric.name);
  if (existing) return existing;
  const created: Gauge<Label> = new Gauge({ ...configurationOf(metric), ...(collect && { collect: () => collect(created) }) });
  return created;
}

/** Counts how long things took, in seconds. */
export function histogram<Label extends string = never>(metric: Metric<'histogram', Label>): Histogram<Label> {
  const made = () => new Histogram({ ...configurationOf(metric), buckets: [...(metric.buckets ?? [])] });
  return known<Histogram<Label>>(metric.name) ?? fromZero(metric, made(), (of, labels) => of.zero(labels));
}

function configurationOf<Label extends string>({ name, help, labels }: Metric<MetricKind, Label>) {
  return { name, help, labelNames: Object.keys(labels) as Label[], registers: [registry] };
}

/** Series whose labels are known stand there from the start: a first one must look like a rise. */
function fromZero<Of, Label extends string>(
  metric: Metric<MetricKind, Label>,
  of: Of,
  begin: (of: Of, labels: Partial<Record<Label, string>>) => void,
): Of {
  for (const series of knownSeries(metric)) begin(of, series as Partial<Record<Label, string>>);
  return of;
}

let collecting = false;

/** The process's own figures (CPU, memory, event loop) and all that was counted, in Prometheus' text form. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  if (!collecting) {
    collecting = true;
    collectDefaultMetrics({ register: registry });
    gauge(METRICS.build, (of) => of.set({ version: VERSION }, 1));
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function known<T>(name: string): T | undefined {
  return registry.getSingleMetric(name) as T | undefined;
}
