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

/** People come, talk before and after, come to an end, and what comes twice is waited for. */
const AROUND_SECONDS = 35;
const BETWEEN_SECONDS = 3;

/** Seconds that a scenario will take, roughly. */
export const expectedSeconds = ({ lasts }: Scenario, injections: number): number => AROUND_SECONDS + injections * (lasts + BETWEEN_SECONDS);

/**
 * How far a run is, in words: what is expected of the rest, at the pace of what is done.
 */
export function progressOf(index: number, expected: readonly number[], tookSeconds: number): string {
  const sum = (some: readonly number[]) => some.reduce((total, one) => total + one, 0);
  const pace = index === 0 ? 1 : tookSeconds / sum(expected.slice(0, index));
  const minutes = Math.max(1, Math.round((sum(expected.slice(index)) * pace) / 60));
  return `${index + 1} of ${expected.length}, about ${minutes} ${minutes === 1 ? 'minute' : 'minutes'} left`;
}
