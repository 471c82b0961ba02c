import { median } from '../summary.js';

/** A figure and when it was read. */
export interface Reading {
  readonly seconds: number;
  readonly value: number;
}

export interface Trend {
  /** Robust slope (Theil–Sen: the median of the slopes of all pairs), for a minute; a few peaks do not move it. */
  readonly perMinute: number;
  /** Kendall's tau: 1 when every reading is above all before, 0 when as many fall as rise. */
  readonly tau: number;
  readonly median: number;
  readonly readings: number;
  readonly highest: number;
  /** What a quarter of the readings of the warm-up reached: no peak, but a height that was held. Undefined without a warm-up. */
  readonly heldBefore?: number;
}

/** Below this nobody can tell growth from chance. */
export const FEWEST_READINGS = 8;

/** How a figure moved after the warm-up. @param warmUp its part of the time, a third unless said otherwise */
export function trendOf(readings: readonly Reading[], warmUp = 1 / 3): Trend {
  const first = readings[0]?.seconds ?? 0;
  const warm = first + ((readings.at(-1)?.seconds ?? 0) - first) * warmUp;
  const settled = readings.filter(({ seconds }) => seconds >= warm);
  const before = readings.filter(({ seconds }) => seconds < warm);
  const slopes: number[] = [];
  let agreement = 0;
  for (const [index, from] of settled.entries()) {
    for (const to of settled.slice(index + 1)) {
      slopes.push(((to.value - from.value) / (to.seconds - from.seconds)) * 60);
      agreement += Math.sign(to.value - from.value);
    }
  }
  return {
    perMinute: median(slopes),
    tau: slopes.length === 0 ? 0 : agreement / slopes.length,
    median: median(settled.map(({ value }) => value)),
    readings: settled.length,
    highest: Math.max(...settled.map(({ value }) => value)),
    heldBefore: before.map(({ value }) => value).sort((a, b) => b - a)[Math.floor(before.length / 4)],
  };
}

export type Verdict = 'flat' | 'grows' | 'too short';

export interface FlatBounds {
  /** A steeper slope grows, whatever its shape. */
  readonly perMinute: number;
  /** A slope of a quarter of that grows, too, when hardly a reading falls: a leak has no teeth, garbage collection has. Default 0.8. */
  readonly tau?: number;
  /** What a process gave back it may take again: nothing grows that stays below what it was during the warm-up. */
  readonly mayRefill?: boolean;
}

/** Falling is flat. */
export function flatness(trend: Trend, bounds: FlatBounds): Verdict {
  const { perMinute, tau, readings } = trend;
  if (readings < FEWEST_READINGS) return 'too short';
  if (bounds.mayRefill && isRefill(trend)) return 'flat';
  if (perMinute > bounds.perMinute) return 'grows';
  return perMinute > bounds.perMinute / 4 && tau >= (bounds.tau ?? 0.8) ? 'grows' : 'flat';
}

/** All of it is below what it was before. */
export function isRefill({ highest, heldBefore }: Trend): boolean {
  return heldBefore !== undefined && highest < heldBefore;
}
