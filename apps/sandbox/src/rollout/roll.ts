import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../faults/scenarios.js';
import type { Build } from './build.js';
import type { Fleet } from './fleet.js';

/** One thing that is done while people talk. */
export interface Step {
  readonly what: string;
  act(): Promise<void>;
}

/** An ordinary day: hooks come a little late and now and then twice. */
const ORDINARY: NonNullable<Scenario['weather']> = {
  crisp: { rest: { latency: { from: 0, to: 60 } }, hooks: { delay: { from: 0, to: 500 }, repeated: 0.02 } },
  messenger: { graph: { latency: { from: 0, to: 60 } }, hooks: { repeated: 0.02 } },
};

/**
 * An upgrade and its way back: tables first, then each service, one replica after the other; back in the other order, so that each service was
 * once ahead of every other and once behind.
 */
export function upgradeAndBack(fleets: readonly Fleet[], builds: { old: Build; new: Build }, migrate: () => Promise<void>): Step[] {
  const to = (build: Build) => (fleet: Fleet) => ({ what: `${fleet.name} to the ${build.name} build`, act: () => fleet.roll(build) });
  return [
    { what: 'the new migrations, under the old services', act: migrate },
    ...fleets.map(to(builds.new)),
    ...[...fleets].reverse().map(to(builds.old)),
  ];
}

/** The steps as what happens in a run of talks; after the last one it goes on until `seconds` are over. */
export function asScenario(steps: readonly Step[], seconds: number): { scenario: Scenario; injections: number } {
  let next = 0;
  let endsAt: number | undefined;
  return {
    injections: steps.length + 1,
    scenario: {
      name: 'rollout',
      talk: 'handovers',
      weather: ORDINARY,
      async inject() {
        const began = performance.now();
        endsAt ??= began + seconds * 1_000;
        const step = steps[next++];
        if (step) await step.act();
        else await pause(Math.max(0, endsAt - began));
        return { what: step?.what ?? 'the old build on the new tables', backAfter: (performance.now() - began) / 1_000 };
      },
    },
  };
}
