import { runbookOf } from '../alerts/rule.js';
import type { Dashboard, Panel, Row } from './board.js';

/** The model of Grafana 11; older ones from 9 on read it, newer ones migrate it. */
const SCHEMA_VERSION = 39;
const DATASOURCE = { type: 'prometheus', uid: '${datasource}' };
/** Grafana's grid is 24 wide. */
const TWELFTH = 2;
const HEIGHT: Readonly<Record<Panel['kind'], number>> = { stat: 4, graph: 8, table: 8 };
const WIDTH: Readonly<Record<Panel['kind'], number>> = { stat: 3, graph: 6, table: 6 };

const IN_NAMESPACE = 'namespace=~"$namespace"';

/** The dashboard as Grafana imports it. */
export function grafanaJson(board: Dashboard): object {
  return {
    uid: board.uid,
    title: board.title,
    description: board.description,
    tags: ['baton'],
    schemaVersion: SCHEMA_VERSION,
    version: 1,
    editable: true,
    graphTooltip: 1,
    refresh: '30s',
    time: { from: 'now-3h', to: 'now' },
    timezone: '',
    fiscalYearStartMonth: 0,
    liveNow: false,
    weekStart: '',
    annotations: { list: [] },
    links: [
      {
        type: 'dashboards',
        title: 'Baton',
        tags: ['baton'],
        asDropdown: true,
        includeVars: true,
        keepTime: true,
        targetBlank: false,
        icon: 'external link',
        tooltip: '',
        url: '',
      },
    ],
    templating: { list: variablesOf(board) },
    panels: panelsOf(board.rows),
  };
}

function variablesOf({ variables = [] }: Dashboard): object[] {
  return [
    { name: 'datasource', label: 'Data source', type: 'datasource', query: 'prometheus', hide: 0, current: {}, options: [], refresh: 1 },
    asked('namespace', 'Namespace', 'label_values(baton_build_info, namespace)'),
    ...variables.map(({ name, label, query }) => asked(name, label, query)),
    { name: 'runbook', label: 'Runbook at', type: 'textbox', query: '', hide: 0, current: { text: '', value: '' }, options: [] },
  ];
}

/** Where there are no such labels, "all" finds what has none. */
function asked(name: string, label: string, query: string): object {
  return {
    ...{ name, label, type: 'query', datasource: DATASOURCE, definition: query, query: { query, refId: name } },
    ...{ refresh: 2, sort: 1, multi: true, includeAll: true, allValue: '.*', hide: 0, options: [] },
    current: { selected: true, text: ['All'], value: ['$__all'] },
  };
}

function panelsOf(rows: readonly Row[]): object[] {
  const panels: object[] = [];
  let y = 0;
  for (const row of rows) {
    panels.push({
      id: panels.length + 1,
      type: 'row',
      title: row.title,
      collapsed: false,
      panels: [],
      gridPos: { h: 1, w: 24, x: 0, y: y++ },
    });
    let x = 0;
    let tallest = 0;
    for (const panel of row.panels) {
      const w = (panel.width ?? WIDTH[panel.kind]) * TWELFTH;
      const h = HEIGHT[panel.kind];
      if (x + w > 24) {
        y += tallest;
        x = tallest = 0;
      }
      panels.push(panelJson(panel, panels.length + 1, { h, w, x, y }));
      x += w;
      tallest = Math.max(tallest, h);
    }
    y += tallest;
  }
  return panels;
}

function panelJson(panel: Panel, id: number, gridPos: object): object {
  return {
    id,
    type: panel.kind === 'graph' ? 'timeseries' : panel.kind,
    title: panel.title,
    description: panel.description,
    datasource: DATASOURCE,
    gridPos,
    ...(panel.runbook === undefined
      ? {}
      : { links: [{ title: 'What to do', url: `\${runbook}${runbookOf(panel.runbook)}`, targetBlank: true }] }),
    fieldConfig: { defaults: { unit: panel.unit, ...looksOf(panel) }, overrides: [] },
    options: optionsOf(panel),
    targets: panel.queries.map(({ expr, legend }, index) => ({
      refId: String.fromCharCode(65 + index),
      datasource: DATASOURCE,
      editorMode: 'code',
      expr: expr.replaceAll('$ns', IN_NAMESPACE),
      legendFormat: legend ?? (panel.kind === 'table' ? '__auto' : panel.title),
      ...(panel.kind === 'table' ? { instant: true, range: false, format: 'table' } : { instant: false, range: true }),
    })),
  };
}

function looksOf({ kind, thresholds }: Panel): object {
  return {
    color: { mode: kind === 'graph' ? 'palette-classic' : 'thresholds' },
    thresholds: { mode: 'absolute', steps: stepsOf(thresholds) },
    ...(kind === 'graph' ? { min: 0, custom: { lineWidth: 1, fillOpacity: 10, showPoints: 'never', spanNulls: true } } : {}),
  };
}

function stepsOf(thresholds: Panel['thresholds']): object[] {
  if (!thresholds) return [{ color: 'green', value: null }];
  const [warning, critical] = thresholds;
  // Where little is bad, the scale begins with the worst.
  if (warning > critical)
    return [
      { color: 'red', value: null },
      { color: 'orange', value: critical },
      { color: 'green', value: warning },
    ];
  return [
    { color: 'green', value: null },
    { color: 'orange', value: warning },
    { color: 'red', value: critical },
  ];
}

function optionsOf({ kind }: Panel): object {
  if (kind === 'graph') {
    return { legend: { displayMode: 'list', placement: 'bottom', showLegend: true }, tooltip: { mode: 'multi', sort: 'desc' } };
  }
  if (kind === 'table') return { showHeader: true, cellHeight: 'sm' };
  return {
    ...{ colorMode: 'value', graphMode: 'area', justifyMode: 'auto', textMode: 'auto', orientation: 'auto', wideLayout: true },
    reduceOptions: { calcs: ['lastNotNull'], fields: '', values: false },
  };
}
