/** What a service says of itself at `/metrics`; a figure that it does not show is 0. */
export interface ServiceMetrics {
  readonly heapMiB: number;
  /** Buffers and what else lies outside of the heap on its behalf. */
  readonly externalMiB: number;
  readonly loopP99Ms: number;
  readonly outboxRows: number;
  readonly outboxAgeSeconds: number;
  /** Records of all topics, or web hooks, handled since its start. */
  readonly handled: number;
}

const MIB = 1_048_576;

/** The sum of a metric over its labels in Prometheus' text format. */
export function sumOf(text: string, name: string): number {
  let sum = 0;
  for (const line of text.split('\n')) {
    if (!line.startsWith(name) || (line[name.length] !== ' ' && line[name.length] !== '{')) continue;
    const value = Number(line.slice(line.lastIndexOf(' ') + 1));
    if (Number.isFinite(value)) sum += value;
  }
  return sum;
}

export function readMetrics(text: string): ServiceMetrics {
  return {
    heapMiB: sumOf(text, 'nodejs_heap_size_used_bytes') / MIB,
    externalMiB: sumOf(text, 'nodejs_external_memory_bytes') / MIB,
    loopP99Ms: sumOf(text, 'nodejs_eventloop_lag_p99_seconds') * 1_000,
    outboxRows: sumOf(text, 'baton_outbox_waiting'),
    outboxAgeSeconds: sumOf(text, 'baton_outbox_oldest_age_seconds'),
    handled: sumOf(text, 'baton_records_handled_total') + sumOf(text, 'baton_webhooks_total'),
  };
}

export async function fetchMetrics(url: string): Promise<ServiceMetrics> {
  const answer = await fetch(`${url}/metrics`, { signal: AbortSignal.timeout(5_000) });
  return readMetrics(await answer.text());
}
