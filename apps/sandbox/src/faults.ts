import { readFile, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { seededRandom } from './simulator-kit/random.js';
import { aiRun } from './faults/ai-run.js';
import { faultRun } from './faults/fault-run.js';
import { type FaultReport, ofAnswers, ofHandovers } from './faults/report.js';
import { SCENARIOS } from './faults/scenarios.js';
import { REPOSITORY, startPlatform } from './platform/platform.js';

/** `npm run faults [-- --only kill-dispatcher,… --conversations 200 --injections 5 --seed 1]`: breaks things while people talk. */
const flags = process.argv.slice(2);
const flag = (name: string, fallback: string) => flags[flags.indexOf(`--${name}`) + 1 || flags.length] ?? fallback;

if (flags.includes('--help')) {
  console.log(
    `usage: npm run faults -- [--only ${SCENARIOS.map(({ name }) => name).join(',')}] [--conversations 200] [--injections 5] [--seed 1]`,
  );
  process.exit(0);
}
const only = flag('only', '');
const wanted = SCENARIOS.filter(({ name }) => only === '' || only.split(',').includes(name));
if (wanted.length === 0) {
  console.error(`No such fault: ${only}. There are ${SCENARIOS.map(({ name }) => name).join(', ')}.`);
  process.exit(64);
}
const conversations = Number(flag('conversations', '200'));
const injections = Number(flag('injections', '5'));
const random = seededRandom(Number(flag('seed', '1'))).next;
const say = (line: string) => console.error(line);

/** The bots of the sandbox, with the budgets that so many talks at once need. */
async function settingsFile(): Promise<string> {
  const text = await readFile(path.join(REPOSITORY, 'apps/sandbox/bots.yaml'), 'utf8');
  const file = path.join(tmpdir(), `baton-faults-${process.pid}.yaml`);
  const changed = text
    .replaceAll('callsPerSecond: 50', 'callsPerSecond: 300')
    .replaceAll(/^ {4}handover:$/gm, '    handover:\n      budget: { handoversPerHour: 100, turnsPerMinute: 100 }');
  await writeFile(file, changed);
  return file;
}

const platform = await startPlatform({
  ports: 'free',
  replicas: 2,
  without: ['demo-bot', 'site'],
  settingsFile: await settingsFile(),
  env: {
    // Many visitors come from one address here; a look for lost hooks every 10 s keeps the run short.
    dispatcher: { NEW_VISITORS_PER_MINUTE: '100000', LOG_LEVEL: 'error' },
    'dispatcher-2': { NEW_VISITORS_PER_MINUTE: '100000', LOG_LEVEL: 'error' },
    orchestrator: { CATCH_UP_SECONDS: '10', LOG_LEVEL: 'error' },
    'orchestrator-2': { CATCH_UP_SECONDS: '10', LOG_LEVEL: 'error' },
  },
  onProgress: say,
  onTrouble: (sentence) => say(`    ${sentence}`),
});
const reports: FaultReport[] = [];
try {
  for (const scenario of wanted) {
    say(`${scenario.name}:`);
    const options = { conversations, injections, random, say };
    const report =
      scenario.talk === 'answers'
        ? ofAnswers(await aiRun(platform, scenario, options))
        : ofHandovers(await faultRun(platform, scenario, options));
    reports.push(report);
    say(`  ${report.sentence}`);
    for (const line of report.wrong.slice(0, 10)) say(`    ${line}`);
  }
} finally {
  await platform.stop();
}

console.log(JSON.stringify({ faults: reports.map(({ figures }) => figures) }));
process.exit(reports.length > 0 && reports.every(({ isGood }) => isGood) ? 0 : 1);
