/** Units as Grafana names them. */
export type Unit = 'short' | 'percentunit' | 's' | 'bytes' | 'reqps' | 'cps' | 'none' | 'bool';

export interface Query {
  /** PromQL; `$ns` stands for the namespace that was chosen. */
  readonly expr: string;
  readonly legend?: string;
}

export interface Panel {
  readonly kind: 'stat' | 'graph' | 'table';
  readonly title: string;
  /** What it shows, what is well, and what to look at when it is not. */
  readonly description: string;
  readonly unit: Unit;
  readonly queries: readonly Query[];
  /** From where on it is yellow and red; descending where little is bad. */
  readonly thresholds?: readonly [warning: number, critical: number];
  /** Twelfths of the width; default 3 for a stat, 6 for others. */
  readonly width?: number;
  /** The alert whose runbook page says what to do. */
  readonly runbook?: string;
}

export interface Row {
  readonly title: string;
  readonly panels: readonly Panel[];
}

export interface Variable {
  readonly name: string;
  readonly label: string;
  readonly query: string;
}

export interface Dashboard {
  readonly uid: string;
  readonly title: string;
  readonly description: string;
  /** Asked beside data source and namespace. */
  readonly variables?: readonly Variable[];
  /** In the order in which one asks at night. */
  readonly rows: readonly Row[];
}

type Rest = Omit<Panel, 'kind' | 'queries'> & { readonly queries: readonly (Query | string)[] };

const made =
  (kind: Panel['kind']) =>
  ({ queries, ...rest }: Rest): Panel => ({
    kind,
    ...rest,
    queries: queries.map((one) => (typeof one === 'string' ? { expr: one } : one)),
  });

export const stat = made('stat');
export const graph = made('graph');
export const table = made('table');

/** How long the fastest `part` of all took, of a histogram whose name is given without `_bucket`. */
export function quantile(
  part: number,
  histogram: string,
  by: readonly string[] = [],
  { matchers = '', within = '$__rate_interval' } = {},
): string {
  const labels = ['$ns', matchers].filter(Boolean).join(', ');
  return `histogram_quantile(${part}, sum by (${['le', ...by].join(', ')}) (rate(${histogram}_bucket{${labels}}[${within}])))`;
}

/** p50, p95 and p99 of a histogram; `within` is as long as something surely happens in, else there is nothing to see. */
export function quantiles(histogram: string, by: readonly string[], within: string): Query[] {
  const of = by.map((label) => ` {{${label}}}`).join('');
  return [0.5, 0.95, 0.99].map((part) => ({ expr: quantile(part, histogram, by, { within }), legend: `p${Math.round(part * 100)}${of}` }));
}

/** So many a second, by these labels. */
export function rate(counter: string, by: readonly string[], matchers = ''): Query {
  const labels = ['$ns', matchers].filter(Boolean).join(', ');
  const grouped = by.length === 0 ? 'sum' : `sum by (${by.join(', ')})`;
  const legend = by.map((label) => `{{${label}}}`).join(' ');
  return { expr: `${grouped} (rate(${counter}{${labels}}[$__rate_interval]))`, ...(legend === '' ? {} : { legend }) };
}

/** So many in the time that is looked at, by these labels. */
export function total(counter: string, by: readonly string[] = [], matchers = ''): Query {
  const { expr, legend } = rate(counter, by, matchers);
  return { expr: expr.replace('rate(', 'increase(').replace('$__rate_interval', '$__range'), ...(legend === undefined ? {} : { legend }) };
}
