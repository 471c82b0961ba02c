import type { Costs } from './costs.js';
import type { Sample } from './sampler.js';
import { sparkline } from './sparkline.js';
import type { Check } from './verdict.js';

/** A table in Markdown, columns as wide as they need to be. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows].map((row) => row.map(String));
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]): string => `| ${row.map((cell, column) => cell.padEnd(widths[column]!)).join(' | ')} |`;
  return [line(cells[0]!), `|${widths.map((width) => '-'.repeat(width + 2)).join('|')}|`, ...cells.slice(1).map(line)].join('\n');
}

const tidy = (value: number): string => (value >= 100 ? value.toFixed(0) : value >= 1 ? value.toFixed(1) : value.toFixed(3));

/** One line for each look, for whoever waits. */
export function lookLine({ seconds, arrivedPerSecond, open, latencyMs, services, lag }: Sample): string {
  const memory = Object.entries(services).map(
    ([name, { rssMiB, cpuPerMessageUs }]) => `${name} ${rssMiB.toFixed(0)} MiB ${cpuPerMessageUs.toFixed(0)} µs`,
  );
  const behind = Object.values(lag).reduce((sum, value) => sum + value, 0);
  const { in: there, back } = latencyMs;
  return (
    `${seconds.toFixed(0).padStart(5)} s  ${arrivedPerSecond.toFixed(0)}/s, ${open} on their way, lag ${behind}; in ${there.p50.toFixed(0)}/${there.p99.toFixed(0)} ms, ` +
    `back ${back.p50.toFixed(0)}/${back.p99.toFixed(0)} ms; ${memory.join(', ')}`
  );
}

/** Each service over time, as bars from 0 to the highest, and the highest. */
export function charts(samples: readonly Sample[]): string {
  const row = (name: string, unit: string, values: readonly number[]): string =>
    `${name.padEnd(34)} ${sparkline(values)}  ≤ ${tidy(Math.max(0, ...values))} ${unit}`;
  const names = Object.keys(samples[0]?.services ?? {});
  return [
    ...names.flatMap((name) => [
      row(
        `${name}: memory`,
        'MiB',
        samples.map(({ services }) => services[name]?.rssMiB ?? 0),
      ),
      row(
        `${name}: heap`,
        'MiB',
        samples.map(({ services }) => services[name]?.heapMiB ?? 0),
      ),
      row(
        `${name}: buffers`,
        'MiB',
        samples.map(({ services }) => services[name]?.externalMiB ?? 0),
      ),
      row(
        `${name}: CPU per message`,
        'µs',
        samples.map(({ services }) => services[name]?.cpuPerMessageUs ?? 0),
      ),
      row(
        `${name}: event loop p99`,
        'ms',
        samples.map(({ services }) => services[name]?.loopP99Ms ?? 0),
      ),
    ]),
    ...Object.keys(samples.at(-1)?.lag ?? {}).map((group) =>
      row(
        `lag of ${group}`,
        'records',
        samples.map(({ lag }) => lag[group] ?? 0),
      ),
    ),
    row(
      'messages on their way',
      '',
      samples.map(({ open }) => open),
    ),
    row(
      'time in, p95',
      'ms',
      samples.map(({ latencyMs }) => latencyMs.in.p95),
    ),
    row(
      'time back, p95',
      'ms',
      samples.map(({ latencyMs }) => latencyMs.back.p95),
    ),
    row(
      'Postgres',
      'MiB',
      samples.map(({ postgres }) => postgres.sizeMiB),
    ),
  ].join('\n');
}

export function checkTable(checks: readonly Check[]): string {
  const words = { good: 'good', bad: 'BAD', short: 'too short to tell' };
  return table(
    ['what', 'verdict', 'found'],
    checks.map(({ what, state, found }) => [what, words[state], found]),
  );
}

/** What one message costs at the servers, table by table and topic by topic. */
export function costTables({ transactions, walBytes, tables, topics }: Costs): string {
  return [
    `one message: ${tidy(transactions)} transactions, ${tidy(walBytes)} bytes of write-ahead log`,
    table(
      ['table', 'rows', 'changes', 'bytes grown'],
      Object.entries(tables)
        .sort(([, a], [, b]) => b.changes - a.changes)
        .map(([name, { rows, changes, bytes }]) => [name, tidy(rows), tidy(changes), tidy(bytes)]),
    ),
    table(
      ['topic', 'records', 'bytes', 'batches'],
      Object.entries(topics).map(([name, { records, bytes, batches }]) => [name, tidy(records), tidy(bytes), tidy(batches)]),
    ),
  ].join('\n\n');
}
