import type { FaultReport } from './report.js';

/** One line of the table: what was done, and what came of it or why it was not done. */
export type Row =
  | { readonly name: string; readonly title: string; readonly report: FaultReport }
  | { readonly name: string; readonly title: string; readonly skipped: string }
  | { readonly name: string; readonly title: string; readonly failed: string };

const HEAD = ['fault', 'what was done', 'words', 'lost', 'doubled', 'order', 'told late', 'in doubt', 'recovered', 'silence', ''] as const;
const IS_NUMBER = [false, false, true, true, true, true, true, true, true, true, false];

/** For people: one line for each fault. A fault that was not tried is never shown as passed. */
export function table(rows: readonly Row[]): string {
  const cells = [HEAD as readonly string[], ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]!.length)));
  return cells
    .map((row) => row.map((cell, column) => (IS_NUMBER[column] ? cell.padStart(widths[column]!) : cell.padEnd(widths[column]!))).join('  '))
    .map((line) => line.trimEnd())
    .join('\n');
}

/** For machines: one line of JSON. */
export function figuresOf(rows: readonly Row[]): string {
  return JSON.stringify({
    faults: rows.map((row) => {
      const { name, title } = row;
      if ('report' in row) return { name, title, good: row.report.isGood, ...row.report.figures };
      return 'skipped' in row ? { name, title, skipped: row.skipped } : { name, title, good: false, failed: row.failed };
    }),
  });
}

/** Something was tried, and nothing of it went wrong. */
export function allIsWell(rows: readonly Row[]): boolean {
  const tried = rows.filter((row) => !('skipped' in row));
  return tried.length > 0 && tried.every((row) => 'report' in row && row.report.isGood);
}

function cellsOf(row: Row): string[] {
  const { name, title } = row;
  if (!('report' in row)) {
    const why = 'skipped' in row ? `SKIPPED: ${row.skipped}` : `FAILED: ${row.failed}`;
    return [name, title, ...HEAD.slice(3).map(() => '–'), why];
  }
  const { figures, isGood } = row.report;
  const number = (value: unknown): string => (typeof value === 'number' ? String(value) : '–');
  const seconds = (value: unknown): string => (typeof value === 'number' ? `${value.toFixed(1)} s` : 'never');
  return [
    name,
    title,
    number(figures['words'] ?? figures['bursts']),
    number(figures['lost']),
    number(figures['doubled']),
    number(figures['outOfOrder']),
    number(figures['toldLate']),
    number(figures['inDoubt']),
    String(figures['recoveredInWords']),
    seconds(figures['longestSilence']),
    isGood ? 'good' : 'WRONG',
  ];
}
