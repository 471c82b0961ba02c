import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { documents } from '../observability/documents.js';
import { CHART } from './chart.js';
import type { Manifest } from './manifest.js';
import { deadRunbooks, PANEL_LINK, RULE_LINK } from './runbooks.js';

const BASE = 'https://git.example.com/baton/-/blob/main/';
const rules = (link: string): Manifest => ({
  ...{ apiVersion: 'monitoring.coreos.com/v1', kind: 'PrometheusRule', metadata: { name: 'r' } },
  spec: { groups: [{ rules: [{ record: 'a' }, { alert: 'BatonX', annotations: { runbook_url: link } }] }] },
});
const board = (link: string): Manifest => ({
  ...{ apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'b' } },
  data: { 'b.json': JSON.stringify({ panels: [{ type: 'row' }, { links: [{ url: link }] }] }) },
});
const page = 'docs/operations/runbook/BatonX.md';

describe('links to the runbook', () => {
  it.each([
    ['of a rule with the address', rules(`${BASE}${page}`), []],
    ['of a panel with the address', board(`${BASE}${page}`), []],
    ['of a rule that is only a path', rules(page), [page]],
    ['of a panel that asks for the address', board(`\${runbook}${page}`), [`\${runbook}${page}`]],
    ['that lead elsewhere', rules('https://example.com/BatonX.md'), ['https://example.com/BatonX.md']],
  ])('%s', (_, manifest, dead) => expect(deadRunbooks([manifest], BASE)).toEqual({ looked: 1, dead }));

  it('begin in every file as the chart replaces them', () => {
    const template = readFileSync(path.join(CHART, 'templates/observability.yaml'), 'utf8');
    for (const begins of [RULE_LINK, PANEL_LINK]) {
      expect(template).toContain(`replace "${begins}`);
      const links = [...documents().values()].flatMap((text) => text.split('\n').filter((line) => line.includes(begins)));
      expect(links.length).toBeGreaterThan(30);
      expect(links.filter((line) => !line.includes(`${begins}docs/`))).toEqual([]);
    }
  });
});
