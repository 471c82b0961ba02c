import { setTimeout as pause } from 'node:timers/promises';
import type { Scenario } from '../faults/scenario.js';
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

/**
 * The steps as what happens in a run of talks; after the last one it goes on until `seconds` are over. In `meanwhile` nothing happens: it is for
 * those who ask the AI until then.
 */
export function asScenario(steps: readonly Step[], seconds: number): { scenario: Scenario; injections: number; meanwhile: Scenario } {
  let next = 0;
  let endsAt: number | undefined;
  let end = (): void => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  return {
    injections: steps.length + 1,
    meanwhile: {
      ...{ name: 'rollout-answers', title: 'questions during an upgrade', talk: 'answers', weather: ORDINARY, lasts: seconds },
      async inject() {
        await over;
        return { what: 'visitors of the chat box asked until then', backAfter: 0 };
      },
    },
    scenario: {
      name: 'rollout',
      title: 'an upgrade and its way back',
      lasts: seconds,
      talk: 'handovers',
      weather: ORDINARY,
      async inject() {
        const began = performance.now();
        endsAt ??= began + seconds * 1_000;
        const step = steps[next++];
        try {
          if (step) await step.act();
          else await pause(Math.max(0, endsAt - began));
        } catch (error) {
          end();
          throw error;
        }
        if (!step) end();
        return { what: step?.what ?? 'the old build on the new tables', backAfter: (performance.now() - began) / 1_000 };
      },
    },
  };
}
