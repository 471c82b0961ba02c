import { type PlatformOptions, REPOSITORY, startPlatform } from '../../platform/platform.js';
import { type Build, thisBuild } from '../../rollout/build.js';
import { Fleet, FLEETS } from '../../rollout/fleet.js';
import { migrate } from '../../rollout/tables.js';
import type { GroundOptions, RunningGround } from './grounds.js';

/** The services of this build behind balancers, so that one replica can take another's place as in a cluster. */
export async function fleetGround(common: PlatformOptions, { say, onLine }: GroundOptions): Promise<RunningGround> {
  const platform = await startPlatform({ ...common, groundOnly: true });
  const fleets: Fleet[] = [];
  const stop = async () => {
    await Promise.allSettled(fleets.map((fleet) => fleet.stop()));
    await platform.stop();
  };
  try {
    const build: Build = await thisBuild(REPOSITORY);
    await migrate(build, platform.ground);
    for (const { name, replicas } of FLEETS) {
      const fleet = new Fleet({
        ...{ name, replicas, groundOf: () => platform.ground },
        onLine: (_, line) => onLine(line),
        onTrouble: (sentence) => say(`    ${sentence}`),
      });
      fleets.push(fleet);
      await fleet.start(build);
      say(`  ${name} is ready`);
    }
    return { platform, levers: { fleets, build }, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
