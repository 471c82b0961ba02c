import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client';
import { createRequire } from 'node:module';
import { METRICS } from './names.js';
import type { MetricName } from './names.js';

/** All parts of Baton have one version. */
export const VERSION = (createRequire(import.meta.url)('../package.json') as { version: string }).version;

/** One per process; `/metrics` shows it. */
export const registry = new Registry();

/** From one millisecond to ten seconds: what happens between a web hook and a visitor's screen. */
const SECONDS = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5, 10];

/** Counts what only grows. Asking again for a name gives the same counter. */
export function counter<Label extends string = never>(name: MetricName, help: string, labels: readonly Label[] = []): Counter<Label> {
  return known<Counter<Label>>(name) ?? new Counter({ name, help, labelNames: labels, registers: [registry] });
}

/** Shows a value of now; `collect`, when given, is asked at each scrape. */
export function gauge<Label extends string = never>(
  name: MetricName,
  help: string,
  labels: readonly Label[] = [],
  collect?: (gauge: Gauge<Label>) => void,
): Gauge<Label> {
  const existing = known<Gauge<Label>>(name);
  if (existing) return existing;
  const created: Gauge<Label> = new Gauge({
    name,
    help,
    labelNames: labels,
    registers: [registry],
    ...(collect && { collect: () => collect(created) }),
  });
  return created;
}

/** Counts how long things took, in seconds unless `buckets` are of another unit. */
export function histogram<Label extends string = never>(
  name: MetricName,
  help: string,
  labels: readonly Label[] = [],
  buckets: readonly number[] = SECONDS,
): Histogram<Label> {
  return known<Histogram<Label>>(name) ?? new Histogram({ name, help, labelNames: labels, buckets: [...buckets], registers: [registry] });
}

let collecting = false;

/** The process's own figures (CPU, memory, event loop) and all that was counted, in Prometheus' text form. */
export async function renderMetrics(): Promise<{ contentType: string; text: string }> {
  if (!collecting) {
    collecting = true;
    collectDefaultMetrics({ register: registry });
    gauge(METRICS.build, 'The version that runs', ['version'], (of) => of.set({ version: VERSION }, 1));
  }
  return { contentType: registry.contentType, text: await registry.metrics() };
}

function known<T>(name: string): T | undefined {
  return registry.getSingleMetric(name) as T | undefined;
}
