import { describe, expect, it } from '@jest/globals';
import { readMetrics, sumOf } from './service-metrics.js';

const TEXT = `# HELP baton_records_handled_total Records handled to their end
# TYPE baton_records_handled_total counter
baton_records_handled_total{topic="a"} 3
baton_records_handled_total{topic="b c"} 4
baton_records_handled_total_created 17
nodejs_heap_size_used_bytes 2097152
nodejs_eventloop_lag_p99_seconds 0.012
baton_outbox_waiting NaN
`;

describe('what a service says of itself', () => {
  it('is added up over labels, and a longer name is another metric', () => {
    expect(sumOf(TEXT, 'baton_records_handled_total')).toBe(7);
  });

  it('is 0 where it says nothing', () => {
    expect(readMetrics(TEXT)).toEqual({ heapMiB: 2, externalMiB: 0, loopP99Ms: 12, outboxRows: 0, outboxAgeSeconds: 0, handled: 7 });
  });
});
