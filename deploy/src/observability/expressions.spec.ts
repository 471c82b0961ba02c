import { describe, expect, it } from '@jest/globals';
import { METRICS } from '@baton/telemetry';
import type { Metric } from '@baton/telemetry';
import { allAlerts } from './alerts/index.js';
import { allExpressions, knownSeries, panelExpressions, ruleExpressions, seriesAskedFor } from './expressions.js';
import { complaintsAbout } from './promql/complaints.js';
import { readPromQL } from './promql/selectors.js';
import { TARGET_LABELS } from './promql/series.js';

describe('what dashboards and rules ask of Prometheus', () => {
  it('is something', () => {
    expect(panelExpressions().length).toBeGreaterThan(80);
    expect(ruleExpressions().length).toBeGreaterThan(60);
  });

  it('is PromQL, of series that somebody exposes, by labels and values that they have', () => {
    const known = knownSeries();
    expect(
      allExpressions().flatMap(({ where, expr }) => complaintsAbout(expr, known).map((complaint) => `${where}: ${complaint}`)),
    ).toEqual([]);
  });

  it('leaves no metric of Baton unasked', () => {
    const asked = seriesAskedFor();
    const isAsked = ({ name }: Metric) => ['', '_bucket', '_sum', '_count'].some((suffix) => asked.has(`${name}${suffix}`));
    expect(
      Object.values(METRICS as Readonly<Record<string, Metric>>)
        .filter((metric) => !isAsked(metric))
        .map(({ name }) => name),
    ).toEqual([]);
  });

  it('names in an alert’s words only labels that the alert has', () => {
    for (const { alert, expr, annotations, labels } of allAlerts()) {
      const has = new Set([...readPromQL(expr).groupedBy, ...Object.keys(labels), ...TARGET_LABELS]);
      const named = [...`${annotations.summary} ${annotations.description}`.matchAll(/\$labels\.(\w+)/g)].map((match) => match[1]!);
      expect({ alert, unknown: named.filter((label) => !has.has(label)) }).toEqual({ alert, unknown: [] });
    }
  });
});
