import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Exposition } from './exposition.js';

const TEXT = `# HELP baton_a_total Some.
# TYPE baton_a_total counter
baton_a_total{topic="x",reason="said \\"no\\""} 2
baton_a_total{topic="y",reason=""} 3
# HELP baton_b_seconds Times.
# TYPE baton_b_seconds histogram
baton_b_seconds_bucket{le="5"} 1
baton_b_seconds_count 1
# HELP baton_c_total Not yet.
# TYPE baton_c_total counter
`;

describe('what processes expose', () => {
  const server = createServer((_, response) => response.end(TEXT));
  let url: string;
  beforeAll(async () => {
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  });
  afterAll(() => {
    server.close();
  });

  it('is read from all of them together', async () => {
    const seen = await Exposition.of([url, url]);
    expect(seen.sum('baton_a_total')).toBe(10);
    expect(seen.sum('baton_a_total', { topic: ['x', 'z'] })).toBe(4);
    expect(seen.sum('baton_b_seconds_bucket', { le: '5' })).toBe(2);
    expect(seen.labelsOf('baton_a_total')[0]).toEqual(['reason', 'topic']);
  });

  it('is known by its family, also before anything was counted, and else is not', async () => {
    const seen = await Exposition.of([url]);
    expect(['baton_b_seconds_bucket', 'baton_c_total'].map((name) => seen.knows(name))).toEqual([true, true]);
    expect(seen.labelsOf('baton_c_total')).toEqual([]);
    expect(seen.knows('baton_d_total')).toBe(false);
  });
});
