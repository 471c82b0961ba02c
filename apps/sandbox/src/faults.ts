import { parseArgs } from 'node:util';
import { aiRun } from './faults/ai-run.js';
import { faultRun, type FaultRunOptions } from './faults/fault-run.js';
import { whyNot } from './faults/grounds/grounds.js';
import { StandingGround } from './faults/grounds/standing-ground.js';
import { expectedOf, planned, progressOf, type Track, tracksOf } from './faults/plan.js';
import { ofAnswers, ofHandovers } from './faults/report.js';
import type { Scenario } from './faults/scenario.js';
import { SCENARIOS } from './faults/scenarios.js';
import { allIsWell, figuresOf, type Row, table } from './faults/table.js';
import { leaveGivenServers } from './platform/own-servers.js';

/**
 * `npm run faults [-- --quick --only kill-dispatcher,… --conversations 200 --injections 5 --tracks 2 --seed 1]`: breaks things while people talk, on
 * servers of its own. Prints a table and one line of JSON; exit code 1 when anything was lost, doubled, out of order or otherwise wrong.
 */
const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    conversations: { type: 'string' },
    injections: { type: 'string' },
    tracks: { type: 'string' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(
    `usage: npm run faults -- [--quick] [--only ${SCENARIOS.map(({ name }) => name).join(',')}] [--conversations 200] [--injections 5] [--tracks 1|2] [--seed 1] [--verbose]`,
  );
  process.exit(0);
}
const say = (line: string): void => console.error(line);
let scenarios: readonly Scenario[];
try {
  scenarios = planned(flags);
} catch (error) {
  say((error as Error).message);
  process.exit(64);
}
const options: FaultRunOptions = {
  conversations: Number(flags.conversations ?? (flags.quick ? 20 : 200)),
  injections: Number(flags.injections ?? (flags.quick ? 1 : 5)),
  seed: Number(flags.seed),
  say,
};
const tracks = tracksOf(scenarios, Number(flags.tracks ?? (flags.quick ? 2 : 1)) === 1 ? 1 : 2);

// What is broken here must be nobody else's.
leaveGivenServers();

const grounds: StandingGround[] = [];
const stopAll = () => Promise.allSettled(grounds.map((ground) => ground.stop()));
// A disk that was mounted does not go away with its process, however often one is told to end.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.on(signal, () => {
    say('ending: what was started is stopped');
    void stopAll().finally(() => process.exit(130));
  });
let rows: Row[];
try {
  rows = (await Promise.all(tracks.map(run))).flat();
} finally {
  await stopAll();
}
const place = ({ name }: Row) => SCENARIOS.findIndex((scenario) => scenario.name === name);
rows.sort((a, b) => place(a) - place(b));
console.log(table(rows));
console.log(figuresOf(rows));
process.exit(allIsWell(rows) ? 0 : 1);

/** One scenario after the other. */
async function run(track: Track): Promise<Row[]> {
  let name = '';
  const tell = (line: string): void => say(tracks.length > 1 ? `${name}: ${line.trim()}` : line);
  const ground = new StandingGround({ say: tell, onLine: (line) => flags.verbose && tell(`    ${line}`) });
  grounds.push(ground);
  const expected = expectedOf(track, options.injections);
  const rows: Row[] = [];
  const began = performance.now();
  for (const [index, scenario] of track.entries()) {
    name = scenario.name;
    say(`${name}: ${scenario.title} (${progressOf(index, expected, (performance.now() - began) / 1_000)})`);
    const row = await rowOf(scenario, ground, tell).catch((error: unknown): Row => ({
      name: scenario.name,
      title: scenario.title,
      failed: String(error),
    }));
    rows.push(row);
    if ('failed' in row) await ground.discard();
    if ('report' in row) {
      tell(`  ${row.report.sentence}`);
      for (const line of row.report.wrong.slice(0, 10)) tell(`    ${line}`);
    } else tell(`  ${'skipped' in row ? `skipped: ${row.skipped}` : `failed: ${row.failed}`}`);
  }
  await ground.stop();
  return rows;
}

async function rowOf(scenario: Scenario, ground: StandingGround, tell: (line: string) => void): Promise<Row> {
  const { name, title, ground: kind = 'plain' } = scenario;
  const skipped = await whyNot(kind);
  if (skipped !== undefined) return { name, title, skipped };
  const { platform, levers } = await ground.standOn(kind);
  const withLevers = { ...options, levers, say: tell };
  const report =
    scenario.talk === 'answers'
      ? ofAnswers(await aiRun(platform, scenario, withLevers))
      : ofHandovers(await faultRun(platform, scenario, withLevers));
  return { name, title, report };
}
