import { describe, expect, it } from '@jest/globals';
import { ANY, knownSeries } from './metric.js';
import type { Metric } from './metric.js';
import { counter, registry, renderMetrics } from './metrics.js';
import { METRICS } from './names.js';

const all: readonly Metric[] = Object.values(METRICS);

describe('the table of metrics', () => {
  it('has each name once, in Prometheus’ way, with a help', () => {
    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    for (const { name, kind, help } of all) {
      expect(name).toMatch(/^baton_[a-z]+(_[a-z]+)*$/);
      expect(name.endsWith('_total')).toBe(kind === 'counter');
      expect(help.length).toBeGreaterThan(10);
    }
  });

  it('names nobody in a label', () => {
    const labels = new Set(all.flatMap(({ labels }) => Object.keys(labels)));
    for (const personal of ['conversation', 'visitor', 'address', 'session', 'user', 'message', 'agent', 'email', 'name_of']) {
      expect(labels).not.toContain(personal);
    }
  });

  it('has ascending buckets for every histogram', () => {
    const buckets = all.flatMap((metric) => (metric.kind === 'histogram' ? [metric.buckets ?? []] : []));
    expect(buckets.length).toBeGreaterThan(0);
    for (const bounds of buckets) {
      expect(bounds.length).toBeGreaterThan(5);
      expect([...bounds].sort((a, b) => a - b)).toEqual(bounds);
    }
  });
});

describe('a metric', () => {
  it('stands there at nought for every value that its labels are known to have', async () => {
    counter({ kind: 'counter', name: 'baton_spec_total', help: 'Only for this test.', labels: { way: ['up', 'down'] } });
    const { text } = await renderMetrics();
    expect(text).toContain('baton_spec_total{way="up"} 0');
    expect(text).toContain('baton_spec_total{way="down"} 0');
  });

  it.each<[Metric['labels'], number]>([
    [{}, 1],
    [{ a: ['1', '2'], b: ['x', 'y', 'z'] }, 6],
    [{ a: ['1', '2'], b: ANY }, 0],
  ])('with labels %j has %i series before anything happens', (labels, count) => {
    expect(knownSeries({ kind: 'counter', name: 'baton_x_total', help: '', labels })).toHaveLength(count);
  });

  it('is the same one when it is asked for again', () => {
    expect(counter(METRICS.quotaLate)).toBe(counter(METRICS.quotaLate));
    expect(registry.getSingleMetric(METRICS.quotaLate.name)).toBeDefined();
  });
});
