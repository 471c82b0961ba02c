import { median } from './summary.js';

/** One round of one contender, all figures of the same run. */
export type Figures = Readonly<Record<string, number>>;

/** The last line of a benchmark: medians over the rounds, and our figures divided by each peer's. */
export function report(bench: string, rounds: ReadonlyMap<string, readonly Figures[]>, extra: object = {}): string {
  const medians = new Map([...rounds].map(([name, list]) => [name, medianOf(list)]));
  const ours = medians.get('ours') ?? {};
  const peers = Object.fromEntries([...medians].filter(([name]) => name !== 'ours'));
  const ratio = Object.fromEntries(
    Object.entries(peers).map(([name, peer]) => [
      name,
      Object.fromEntries(Object.entries(ours).flatMap(([figure, value]) => (peer[figure] ? [[figure, round(value / peer[figure])]] : []))),
    ]),
  );
  return JSON.stringify({ bench, ours, peers, ratio, rounds: Object.fromEntries(rounds), ...extra });
}

function medianOf(list: readonly Figures[]): Record<string, number> {
  const names = new Set(list.flatMap((figures) => Object.keys(figures)));
  return Object.fromEntries([...names].map((name) => [name, round(median(list.flatMap((figures) => figures[name] ?? [])))]));
}

function round(value: number): number {
  return Number(value.toPrecision(4));
}
