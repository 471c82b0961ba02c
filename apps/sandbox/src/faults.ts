import { parseArgs } from 'node:util';
import { aiRun } from './faults/ai-run.js';
import { faultRun, type FaultRunOptions } from './faults/fault-run.js';
import { type GroundKind, type RunningGround, startGround, whyNot } from './faults/grounds/grounds.js';
import { expectedSeconds, planned, progressOf } from './faults/plan.js';
import { type FaultReport, ofAnswers, ofHandovers } from './faults/report.js';
import type { Scenario } from './faults/scenario.js';
import { SCENARIOS } from './faults/scenarios.js';
import { allIsWell, figuresOf, type Row, table } from './faults/table.js';
import { seededRandom } from './simulator-kit/random.js';

/**
 * `npm run faults [-- --quick --only kill-dispatcher,… --conversations 200 --injections 5 --seed 1]`: breaks things while people talk, on servers of its
 * own. Prints a table and one line of JSON; exit code 1 when anything was lost, doubled, out of order or otherwise wrong.
 */
const { values: flags } = parseArgs({
  options: {
    only: { type: 'string' },
    quick: { type: 'boolean', default: false },
    conversations: { type: 'string' },
    injections: { type: 'string' },
    seed: { type: 'string', default: '1' },
    verbose: { type: 'boolean', default: false },
    help: { type: 'boolean', default: false },
  },
});
if (flags.help) {
  console.log(
    `usage: npm run faults -- [--quick] [--only ${SCENARIOS.map(({ name }) => name).join(',')}] [--conversations 200] [--injections 5] [--seed 1] [--verbose]`,
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
  random: seededRandom(Number(flags.seed)).next,
  say,
};

// What is broken here must be nobody else's.
for (const variable of ['KAFKA_BROKERS', 'DATABASE_URL', 'KNOWLEDGE_DATABASE_URL']) delete process.env[variable];

const expected = scenarios.map((scenario) => expectedSeconds(scenario, options.injections));
const rows: Row[] = [];
const began = performance.now();
let ground: (RunningGround & { readonly kind: GroundKind }) | undefined;
// A disk that was mounted does not go away with its process.
for (const signal of ['SIGINT', 'SIGTERM'] as const)
  process.once(signal, () => void Promise.resolve(ground?.stop()).finally(() => process.exit(130)));
try {
  for (const [index, scenario] of scenarios.entries()) {
    const { name, title } = scenario;
    say(`${name}: ${title} (${progressOf(index, expected, (performance.now() - began) / 1_000)})`);
    const row = await run(scenario).catch((error: unknown): Row => ({ name, title, failed: String(error) }));
    rows.push(row);
    if ('report' in row) {
      say(`  ${row.report.sentence}`);
      for (const line of row.report.wrong.slice(0, 10)) say(`    ${line}`);
    } else say(`  ${'skipped' in row ? `skipped: ${row.skipped}` : `failed: ${row.failed}`}`);
  }
} finally {
  await ground?.stop();
}
console.log(table(rows));
console.log(figuresOf(rows));
process.exit(allIsWell(rows) ? 0 : 1);

async function run(scenario: Scenario): Promise<Row> {
  const { name, title, ground: kind = 'plain' } = scenario;
  const skipped = await whyNot(kind);
  if (skipped !== undefined) return { name, title, skipped };
  const { platform, levers } = await standOn(kind);
  return { name, title, report: await reportOf(scenario, platform, { ...options, levers }) };
}

async function reportOf(scenario: Scenario, platform: RunningGround['platform'], withLevers: FaultRunOptions): Promise<FaultReport> {
  return scenario.talk === 'answers'
    ? ofAnswers(await aiRun(platform, scenario, withLevers))
    : ofHandovers(await faultRun(platform, scenario, withLevers));
}

/** One ground at a time: the machine is small. */
async function standOn(kind: GroundKind): Promise<RunningGround> {
  if (ground?.kind !== kind) {
    const old = ground;
    ground = undefined;
    await old?.stop();
    ground = { kind, ...(await startGround(kind, { say, onLine: (line) => flags.verbose && say(`    ${line}`) })) };
  }
  return ground;
}
