import type { GroundKind } from './grounds/grounds.js';
import type { Scenario } from './scenario.js';
import { SCENARIOS, VARIANTS } from './scenarios.js';

export interface PlanFlags {
  /** Names with commas; all without. */
  readonly only?: string | undefined;
  readonly quick: boolean;
}

/**
 * What is to be run.
 * @throws Error that lists the known names when one is unknown
 */
export function planned({ only, quick }: PlanFlags): readonly Scenario[] {
  if (only === undefined) return quick ? SCENARIOS.filter(({ name }) => !VARIANTS.includes(name)) : SCENARIOS;
  const names = only.split(',').map((name) => name.trim());
  const strange = names.filter((name) => !SCENARIOS.some((scenario) => scenario.name === name));
  if (strange.length > 0)
    throw new Error(`No such fault: ${strange.join(', ')}. There are ${SCENARIOS.map(({ name }) => name).join(', ')}.`);
  return SCENARIOS.filter(({ name }) => names.includes(name));
}

/** Those that are run after each other; tracks go side by side, on grounds of their own. */
export type Track = readonly Scenario[];

/** Two tracks: what breaks on the plain ground, and what needs another. With `count` 1, or where all is of one sort, there is one. */
export function tracksOf(scenarios: readonly Scenario[], count: 1 | 2): readonly Track[] {
  if (count === 1) return [scenarios];
  const isPlain = ({ ground = 'plain' }: Scenario) => ground === 'plain';
  return [scenarios.filter(isPlain), scenarios.filter((one) => !isPlain(one))].filter((track) => track.length > 0);
}

/** People come, talk before and after, come to an end, and what comes twice is waited for. */
const AROUND_SECONDS = 35;
const GROUND_SECONDS: Readonly<Record<GroundKind, number>> = { plain: 20, proxied: 20, 'small-disks': 20, fleets: 30 };
const BETWEEN_SECONDS = 3;

/** Seconds that a scenario will take, roughly. */
export const expectedSeconds = ({ lasts }: Scenario, injections: number): number =>
  AROUND_SECONDS + injections * lasts + (injections - 1) * BETWEEN_SECONDS;

/** Of each scenario of a track, the start of the ground that it is the first on included. */
export function expectedOf(track: Track, injections: number): number[] {
  return track.map((scenario, index) => {
    const { ground = 'plain' } = scenario;
    const isNew = index === 0 || (track[index - 1]!.ground ?? 'plain') !== ground;
    return expectedSeconds(scenario, injections) + (isNew ? GROUND_SECONDS[ground] : 0);
  });
}

/**
 * How far a run is, in words: what is expected of the rest, at the pace of what is done.
 */
export function progressOf(index: number, expected: readonly number[], tookSeconds: number): string {
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  const pace = index === 0 ? 1 : tookSeconds / sum(expected.slice(0, index));
  const minutes = Math.max(1, Math.round((sum(expected.slice(index)) * pace) / 60));
  return `${index + 1} of ${expected.length}, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}
