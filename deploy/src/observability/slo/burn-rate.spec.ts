import { describe, expect, it } from '@jest/globals';
import { BURNS, sloGroups } from './burn-rate.js';
import { SLOS } from './slos.js';

const HOURS: Readonly<Record<string, number>> = { '5m': 1 / 12, '30m': 0.5, '1h': 1, '2h': 2, '6h': 6, '1d': 24 };
const MONTH = 30 * 24;

describe('the burn of a month’s budget', () => {
  it.each(BURNS)('in $long by $factor is as much as the alert says', ({ long, factor, at }) => {
    const part = (factor * HOURS[long]!) / MONTH;
    expect(at).toContain(`${Math.round(part * 100)} %`);
  });

  it.each(BURNS)('is looked at over $long, and over a twelfth of it to notice its end', ({ long, short }) => {
    expect(HOURS[long]! / HOURS[short]!).toBeCloseTo(12, 5);
  });

  it('can be reached: no threshold is beyond all events', () => {
    for (const { objective } of SLOS) for (const { factor } of BURNS) expect(factor * (1 - objective)).toBeLessThan(1);
  });

  it('is recorded for each objective and window that an alert asks for', () => {
    const [records, alerts] = sloGroups();
    const recorded = new Set(records!.rules.flatMap((rule) => ('record' in rule ? [`${rule.record} ${rule.labels?.['slo']}`] : [])));
    const asked = alerts!.rules.flatMap(({ expr }) =>
      [...expr.matchAll(/(baton:slo_\w+:rate\w+)\{slo="([\w-]+)"/g)].map(([, name, slo]) => `${name} ${slo}`),
    );
    expect(asked.length).toBeGreaterThan(SLOS.length * BURNS.length);
    for (const one of asked) expect(recorded).toContain(one);
  });
});
