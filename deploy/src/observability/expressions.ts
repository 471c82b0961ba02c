import { ruleFiles } from './alerts/index.js';
import { dashboards } from './dashboards/index.js';
import { grafanaJson } from './dashboards/grafana.js';
import { readPromQL } from './promql/selectors.js';
import { exposedSeries, OF_THE_CLUSTER } from './promql/series.js';
import type { Series } from './promql/series.js';

export interface Expression {
  /** Which rule or panel asks it. */
  readonly where: string;
  readonly expr: string;
}

interface Target {
  readonly expr: string;
}

/** Grafana's own words, as it would fill them in. */
const FILLED: readonly [RegExp, string][] = [
  [/\$__rate_interval/g, '1m'],
  [/\$__range/g, '1h'],
  [/\$(namespace|service|group|bot)\b/g, '.*'],
];

/** Every expression of rules and dashboards, ready to be asked. */
export function allExpressions(): Expression[] {
  return [...ruleExpressions(), ...panelExpressions()];
}

export function ruleExpressions(): Expression[] {
  return Object.entries(ruleFiles()).flatMap(([file, groups]) =>
    groups.flatMap(({ rules }) =>
      rules.map((rule) => ({ where: `${file}: ${'alert' in rule ? rule.alert : rule.record}`, expr: rule.expr })),
    ),
  );
}

export function panelExpressions(): Expression[] {
  return dashboards().flatMap((board) => {
    const { panels } = grafanaJson(board) as { panels: readonly { title: string; targets?: readonly Target[] }[] };
    return panels.flatMap(({ title, targets = [] }) =>
      targets.map(({ expr }) => ({ where: `${board.title}: ${title}`, expr: filled(expr) })),
    );
  });
}

function filled(expression: string): string {
  return FILLED.reduce((text, [word, value]) => text.replace(word, value), expression);
}

/** Every series that may be asked for: exposed by Baton, by the cluster, or recorded by our own rules. */
export function knownSeries(): ReadonlyMap<string, Series> {
  return new Map([...exposedSeries(), ...Object.entries(OF_THE_CLUSTER), ...recordedSeries()]);
}

function recordedSeries(): [string, Series][] {
  const rules = Object.values(ruleFiles()).flatMap((groups) => groups.flatMap((group) => group.rules));
  return rules.flatMap((rule) => {
    if (!('record' in rule)) return [];
    const labels = Object.fromEntries(Object.keys(rule.labels ?? {}).map((label) => [label, 'any' as const]));
    return [[rule.record, { kind: 'gauge' as const, labels }] as [string, Series]];
  });
}

/** The series of Baton's own processes that somebody asks for, with the labels by which they are chosen or grouped. */
export function seriesAskedFor(): Map<string, Set<string>> {
  const exposed = exposedSeries();
  const asked = new Map<string, Set<string>>();
  for (const { expr } of allExpressions()) {
    const { selectors, groupedBy } = readPromQL(expr);
    for (const { metric, matchers } of selectors) {
      const series = exposed.get(metric);
      if (!series) continue;
      const labels = [...matchers.map(({ label }) => label), ...groupedBy].filter((label) => label in series.labels);
      asked.set(metric, new Set([...(asked.get(metric) ?? []), ...labels]));
    }
  }
  return asked;
}
