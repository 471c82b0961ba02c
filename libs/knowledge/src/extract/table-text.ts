import type { DomElement } from './html-to-text.js';

const MAX_SPAN = 50;

/** Rows of cells as lines, the first of them as the header; undefined for a table that only arranges a page. */
export function tableText(table: DomElement, textOf: (cell: DomElement) => string): string | undefined {
  const isLayout = /^(?:presentation|none)$/.test(table.getAttribute('role') ?? '') || table.querySelector('table') !== null;
  if (isLayout) return undefined;
  const rows = gridOf(Array.from(table.querySelectorAll('tr')), textOf).filter((row) => row.some((cell) => cell !== ''));
  const width = Math.max(0, ...rows.map((row) => row.length));
  if (rows.length < 2 || width < 2) return undefined;
  return rowsText(rows);
}

/** A cell that spans rows is said in each of them, so that each can be understood alone. */
function gridOf(rows: readonly DomElement[], textOf: (cell: DomElement) => string): string[][] {
  let above: { text: string; rows: number }[] = [];
  return rows.map((row) => {
    const cells = Array.from(row.children).filter(({ nodeName }) => nodeName === 'TD' || nodeName === 'TH');
    const line: { text: string; rows: number }[] = [];
    const spanned = (): void => {
      while ((above[line.length]?.rows ?? 0) > 1) line.push({ text: above[line.length]!.text, rows: above[line.length]!.rows - 1 });
    };
    for (const cell of cells) {
      spanned();
      const text = textOf(cell);
      for (let column = 0; column < spanOf(cell, 'colspan'); column += 1)
        line.push({ text: column === 0 ? text : '', rows: spanOf(cell, 'rowspan') });
    }
    spanned();
    above = line;
    return line.map(({ text }) => text);
  });
}

function spanOf(cell: DomElement, name: string): number {
  const span = Number(cell.getAttribute(name) ?? 1);
  return span >= 1 ? Math.min(Math.floor(span), MAX_SPAN) : 1;
}

/** Rows as the lines of a table; the first is the header. */
export function rowsText(rows: readonly (readonly string[])[]): string {
  const width = Math.max(...rows.map((row) => row.length));
  const line = (row: readonly string[]): string =>
    `| ${Array.from({ length: width }, (_, at) => (row[at] ?? '').replaceAll('|', '/').replace(/\s+/g, ' ').trim()).join(' | ')} |`;
  return [line(rows[0]!), `|${' --- |'.repeat(width)}`, ...rows.slice(1).map(line)].join('\n');
}
