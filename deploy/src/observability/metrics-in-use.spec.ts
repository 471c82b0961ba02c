import { globSync, readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { METRICS } from '@baton/telemetry';
import { REPOSITORY } from '../place.js';
import { exposedSeries } from './promql/series.js';

const TABLE = 'libs/telemetry/src/names.ts';
const read = (path: string) => ({ path, text: readFileSync(`${REPOSITORY}${path}`, 'utf8') });
const written = globSync(['apps/*/src/**/*.ts', 'libs/*/src/**/*.ts'], { cwd: REPOSITORY })
  .filter((path) => !path.endsWith('.spec.ts') && path !== TABLE)
  .map(read);
/** The sandbox counts nothing; it reads what the services show. */
const readers = written.filter(({ path }) => path.startsWith('apps/sandbox/'));
const sources = written.filter((source) => !readers.includes(source));
const pages = globSync(['README.md', 'docs/**/*.md', 'apps/*/README.md', 'libs/*/README.md'], { cwd: REPOSITORY })
  .filter((path) => !path.startsWith('docs/contracts/'))
  .map(read);

/** A name that could only be a metric's: what Crisp's data and Postgres' channels are called does not end like this. */
const A_METRIC = /\bbaton_[a-z_]+(?:_total|_seconds|_ratio|_bytes|_info)\b/g;

describe('the table of metrics', () => {
  it('has nothing that nobody counts', () => {
    expect(sources.length).toBeGreaterThan(500);
    const all = sources.map(({ text }) => text).join('\n');
    expect(Object.keys(METRICS).filter((key) => !new RegExp(`METRICS\\.${key}\\b`).test(all))).toEqual([]);
  });

  it('has everything that is counted: no service makes a metric beside it', () => {
    const made = sources.filter(
      ({ path, text }) =>
        path !== 'libs/telemetry/src/metrics.ts' &&
        (/\bnew (Counter|Gauge|Histogram|Summary)\(/.test(text) || [...text.matchAll(A_METRIC)].length > 0),
    );
    expect(made.map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ['a page of the documentation names', pages, 40],
    ['the sandbox reads', readers, 0],
  ])('has every metric that %s', (_, texts, more) => {
    const known = exposedSeries();
    const isKnown = (name: string) => known.has(name) || known.has(`${name}_count`);
    const named = texts.flatMap(({ path, text }) => [...text.matchAll(A_METRIC)].map(([name]) => ({ path, name })));
    expect(named.length).toBeGreaterThan(more);
    expect(named.filter(({ name }) => !isKnown(name))).toEqual([]);
  });
});
