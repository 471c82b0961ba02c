import { readFile, writeFile } from 'node:fs/promises';
import type { Measured } from './measured.js';
import { costTable, planTable } from './plan.js';

/** The page whose tables are made from what was measured. */
export const CAPACITY_PAGE = new URL('../../../../../docs/operations/capacity.md', import.meta.url);
/** The multiples of the load that the page shows. */
export const TIMES = [1, 10, 100, 1_000];

/** The tables of the page, by the name that stands in the comments around each. */
function tablesOf(measured: Measured): Record<'costs' | 'plan', string> {
  return { costs: costTable(measured), plan: planTable(measured, TIMES) };
}

/**
 * The page with its tables made anew: each stands between `<!-- name -->` and `<!-- /name -->`.
 * @throws Error when the page has no such place
 */
export function withTables(page: string, measured: Measured): string {
  return Object.entries(tablesOf(measured)).reduce((text, [name, table]) => {
    const [begin, end] = [`<!-- ${name} -->`, `<!-- /${name} -->`];
    const from = text.indexOf(begin);
    const to = text.indexOf(end);
    if (from < 0 || to < from) throw new Error(`the page has no place ${begin} … ${end}`);
    return `${text.slice(0, from + begin.length)}\n\n${table}\n\n${text.slice(to)}`;
  }, page);
}

export async function writePage(measured: Measured): Promise<void> {
  await writeFile(CAPACITY_PAGE, withTables(await readFile(CAPACITY_PAGE, 'utf8'), measured));
}
