/** Whole numbers from the first to the second, both included. */
export type Range = readonly [from: number, to: number];

/** How many ranges one conversation remembers; beyond it the oldest is forgotten, and what was in it can no longer be shown late. */
export const MAX_RANGES = 20;

export function isIn(ranges: readonly Range[], number: number): boolean {
  return ranges.some(([from, to]) => from <= number && number <= to);
}

/** Adds a range that lies behind all others. */
export function withRange(ranges: readonly Range[], range: Range): Range[] {
  return [...ranges, range].slice(-MAX_RANGES);
}

/** Takes one number out; a range around it is cut in two. */
export function without(ranges: readonly Range[], number: number): Range[] {
  return ranges.flatMap(([from, to]): Range[] => {
    if (number < from || number > to) return [[from, to]];
    const rest: Range[] = [];
    if (from < number) rest.push([from, number - 1]);
    if (number < to) rest.push([number + 1, to]);
    return rest;
  });
}
