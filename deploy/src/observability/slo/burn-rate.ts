import type { AlertRule, RecordingRule, RuleGroup } from '../alerts/rule.js';
import { runbookOf } from '../alerts/rule.js';
import { SLOS } from './slos.js';
import type { Slo } from './slos.js';

/**
 * How fast the month's budget of bad events may burn before somebody is told: in both windows, so that it is neither a moment's
 * trouble nor one that is over. The usual pairs: 2 % of the budget in an hour, 5 % in six, 10 % in a day.
 */
export const BURNS = [
  { long: '1h', short: '5m', factor: 14.4, for: '2m', severity: 'critical', at: '2 % of the month’s budget in an hour' },
  { long: '6h', short: '30m', factor: 6, for: '5m', severity: 'critical', at: '5 % of the month’s budget in six hours' },
  { long: '1d', short: '2h', factor: 3, for: '30m', severity: 'warning', at: '10 % of the month’s budget in a day' },
] as const;

/** Fewer bad events than this in the long window wake nobody: where little happens, one is a large part. */
export const LEAST_BAD = 3;

const SECONDS: Readonly<Record<string, number>> = { '1h': 3_600, '6h': 21_600, '1d': 86_400 };
const WINDOWS = [...new Set(BURNS.flatMap(({ long, short }) => [short, long]))];

const allOf = (window: string) => `baton:slo_all:rate${window}`;
const badOf = (window: string) => `baton:slo_bad:rate${window}`;

/** The rules of all objectives: what is recorded, and when to wake somebody. */
export function sloGroups(): RuleGroup[] {
  return [
    { name: 'baton-slo-records', interval: '30s', rules: WINDOWS.flatMap((window) => SLOS.flatMap((slo) => records(slo, window))) },
    { name: 'baton-slo-alerts', rules: SLOS.flatMap((slo) => BURNS.map((burn) => alert(slo, burn))) },
  ];
}

function records({ id, all, bad }: Slo, window: string): RecordingRule[] {
  const record = (name: string, expression: string) => ({
    record: name,
    expr: expression.replaceAll('$window', window),
    labels: { slo: id },
  });
  return [record(allOf(window), all), record(badOf(window), bad)];
}

function alert({ id, alert: name, promise, felt, objective }: Slo, burn: (typeof BURNS)[number]): AlertRule {
  const budget = Number((burn.factor * (1 - objective)).toPrecision(6));
  const burns = (window: string) => `${badOf(window)}{slo="${id}"} / ${allOf(window)}{slo="${id}"} > ${budget}`;
  return {
    alert: name,
    expr: `(${burns(burn.long)})\nand (${burns(burn.short)})\nand (${badOf(burn.long)}{slo="${id}"} * ${SECONDS[burn.long]!} >= ${LEAST_BAD})`,
    for: burn.for,
    labels: { severity: burn.severity, slo: id, window: burn.long },
    annotations: {
      summary: `Not kept: ${promise}`,
      description: `{{ $value | humanizePercentage }} were bad within ${burn.long}: ${burn.at}. ${felt}.`,
      runbook_url: runbookOf(name),
    },
  };
}
