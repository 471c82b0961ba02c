import { mkdir } from 'node:fs/promises';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { aiRun } from './faults/ai-run.js';
import { busySettings } from './faults/busy-settings.js';
import { faultRun } from './faults/fault-run.js';
import { settingsFileFor } from './platform/settings-file.js';
import type { Ground } from './platform/services.js';
import { leaveGivenServers } from './platform/own-servers.js';
import { REPOSITORY, startPlatform } from './platform/platform.js';
import { type Build, buildOf, thisBuild } from './rollout/build.js';
import { Fleet, FLEETS } from './rollout/fleet.js';
import { Parked } from './rollout/parked.js';
import { previousRelease } from './rollout/previous-release.js';
import { raisedBetween, versionsOf } from './rollout/raised-versions.js';
import { Rebalances } from './rollout/rebalances.js';
import { report } from './rollout/report.js';
import { asScenario, upgradeAndBack } from './rollout/roll.js';
import { migrate } from './rollout/tables.js';

/**
 * `npm run rollout [-- --from <git ref> --to <git ref> --only <services> --conversations 40 --seconds 60]`: upgrades everything under load and goes back, and prints
 * what that cost. Exit code 1 when anything was lost, doubled, out of order, refused or slow to stop.
 */
const { values: flags } = parseArgs({
  options: {
    from: { type: 'string' },
    to: { type: 'string' },
    only: { type: 'string' },
    conversations: { type: 'string', default: '40' },
    seconds: { type: 'string', default: '60' },
    seed: { type: 'string', default: '1' },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(
    'usage: npm run rollout -- [--from <git ref>] [--to <git ref>] [--only orchestrator,dispatcher] [--conversations 40] [--seconds 60] [--seed 1]',
  );
  process.exit(0);
}
const only = flags.only?.split(',') ?? [];
const strange = only.filter((name) => !FLEETS.some((fleet) => fleet.name === name));
if (strange.length > 0) {
  console.error(`No such service: ${strange.join(', ')}. There are ${FLEETS.map(({ name }) => name).join(', ')}.`);
  process.exit(64);
}
/** As many more people ask the AI in Crisp's chat box, beside the conversations with the bot and with agents. */
const SHARE_OF_AI = 0.2;
const say = (line: string): void => console.error(line);
const directory = path.join(REPOSITORY, '.baton');
const cache = path.join(directory, 'builds');

const build = (name: Build['name'], ref: string | undefined): Promise<Build> =>
  (ref === undefined ? thisBuild(REPOSITORY, name) : buildOf({ name, repository: REPOSITORY, ref, cache, say })).catch((error: unknown) => {
    say((error as Error).message);
    process.exit(64);
  });
const builds: { old: Build; new: Build } = {
  old: await build('old', flags.from ?? (await previousRelease(REPOSITORY, say))),
  new: await build('new', flags.to),
};
say(`from ${builds.old.what}\nto   ${builds.new.what}`);

leaveGivenServers();
const troubles: string[] = [];
const platform = await startPlatform({
  ports: 'free',
  directory,
  groundOnly: true,
  without: ['site'],
  onProgress: say,
  onTrouble: (sentence) => troubles.push(sentence),
});
const rebalances = new Rebalances();
const parked = new Parked();
let fleets: Fleet[] = [];
let exitCode = 1;
try {
  const grounds = { old: await groundFor(builds.old), new: await groundFor(builds.new) };
  const groundOf = ({ name }: Build): Ground => grounds[name];
  await migrate(builds.old, grounds.old, say);
  fleets = FLEETS.map(
    ({ name, replicas }) =>
      new Fleet({
        ...{ name, replicas, groundOf },
        onLine: (service, line) => {
          rebalances.read(line);
          parked.read(service, line);
        },
        onTrouble: (sentence) => troubles.push(sentence),
      }),
  );
  for (const fleet of fleets) {
    await fleet.start(builds.old);
    say(`  ${fleet.name}: the old build is ready`);
  }
  const rolled = fleets.filter(({ name }) => only.length === 0 || only.includes(name));
  const steps = upgradeAndBack(rolled, builds, () => migrate(builds.new, grounds.new, say));
  const { scenario, injections, meanwhile } = asScenario(steps, Number(flags.seconds));
  const conversations = Number(flags.conversations);
  const seed = Number(flags.seed);
  const asked = Math.max(1, Math.round(conversations * SHARE_OF_AI));
  const [run, answers] = await Promise.all([
    faultRun(platform, scenario, { injections, say, conversations, seed }),
    aiRun(platform, meanwhile, { injections: 1, say, conversations: asked, seed }),
  ]);
  const { table, figures, wrong } = report({
    ...{
      builds,
      run,
      answers,
      troubles,
      parked: parked.get(),
      raised: raisedBetween(await versionsOf(builds.old.root), await versionsOf(builds.new.root)),
    },
    fleets: fleets.map((fleet) => ({
      name: fleet.name,
      isReplaced: rolled.includes(fleet),
      stops: fleet.stopTimes(),
      answers: fleet.answers(),
    })),
    rebalances: rebalances.get(),
  });
  for (const line of wrong.slice(0, 30)) say(`    ${line}`);
  console.log(table);
  console.log(JSON.stringify({ rollout: figures }));
  exitCode = wrong.length === 0 ? 0 : 1;
} finally {
  await Promise.allSettled(fleets.map((fleet) => fleet.stop()));
  await platform.stop();
}
process.exit(exitCode);

/** Each build reads the settings file that came with it. */
async function groundFor(build: Build): Promise<Ground> {
  const own = path.join(directory, platform.topicPrefix, build.name);
  await mkdir(own, { recursive: true });
  const busy = await busySettings(path.join(build.root, 'apps/sandbox/bots.yaml'), own);
  return { ...platform.ground, settingsFile: await settingsFileFor(busy, platform.ports, own) };
}
