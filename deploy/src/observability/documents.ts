import { stringify } from 'yaml';
import { DEPLOY } from '../place.js';
import { ruleFiles } from './alerts/index.js';
import { dashboards } from './dashboards/index.js';
import { grafanaJson } from './dashboards/grafana.js';
import { seriesAskedFor } from './expressions.js';
import { exposedSeries } from './promql/series.js';

export const ALERTS = `${DEPLOY}observability/alerts/`;
export const DASHBOARDS = `${DEPLOY}observability/dashboards/`;

const HEAD = '# Written by `node deploy/dist/observability/write.js`; change the tables in deploy/src/observability instead.\n';

/** The series that dashboards and rules ask of Baton's processes, with all labels of each: what a running platform is held against. */
export const ASKED_FOR = `${DEPLOY}observability/asked-for.json`;

/** Every file that follows from the tables, by its path. */
export function documents(): Map<string, string> {
  const rules = Object.entries(ruleFiles()).map(
    ([name, groups]) => [`${ALERTS}${name}`, HEAD + stringify({ groups }, { lineWidth: 0 })] as const,
  );
  const boards = dashboards().map(
    (board) => [`${DASHBOARDS}${board.uid}.json`, `${JSON.stringify(grafanaJson(board), null, 2)}\n`] as const,
  );
  return new Map([...rules, ...boards, [ASKED_FOR, `${JSON.stringify(askedFor(), null, 2)}\n`]]);
}

function askedFor(): Readonly<Record<string, readonly string[]>> {
  const exposed = exposedSeries();
  const names = [...seriesAskedFor().keys()].sort();
  return Object.fromEntries(names.map((name) => [name, Object.keys(exposed.get(name)!.labels).sort()]));
}
