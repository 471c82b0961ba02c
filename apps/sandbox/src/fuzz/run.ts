import { tmpdir } from 'node:os';
import path from 'node:path';
import { leaveGivenServers } from '../platform/own-servers.js';
import { startPlatform } from '../platform/platform.js';
import { seededRandom } from '../simulator-kit/random.js';
import { TARGETS, WITHOUT } from './targets.js';

/** `npm run fuzz [-- --minutes 10 --seed 1 --only ingress,frames,api]`: says strange things at the public doors and looks what becomes of it. */
const flags = process.argv.slice(2);
const flag = (name: string, fallback: string) => flags[flags.indexOf(`--${name}`) + 1 || flags.length] ?? fallback;
const minutes = Number(flag('minutes', '1'));
const seed = Number(flag('seed', String(Date.now() % 1_000_000)));
const names = flag('only', Object.keys(TARGETS).join(',')).split(',');
const unknown = names.find((name) => !Object.hasOwn(TARGETS, name));
if (flags.includes('--help') || unknown !== undefined || !(minutes > 0) || !Number.isInteger(seed)) {
  console.error(`usage: npm run fuzz -- [--minutes 1] [--seed 1] [--only ${Object.keys(TARGETS).join(',')}]`);
  process.exit(flags.includes('--help') ? 0 : 64);
}

const say = (line: string): void => console.error(line);
const errors: string[] = [];
leaveGivenServers();
const platform = await startPlatform({
  ports: 'free',
  directory: path.join(tmpdir(), `baton-fuzz-${process.pid}`),
  without: WITHOUT,
  env: {
    dispatcher: { NEW_VISITORS_PER_MINUTE: '1000000', REQUESTS_PER_ADDRESS: '10000' },
    'control-plane': { API_REQUESTS_PER_SECOND: '10000' },
  },
  onLine: (service, line) => {
    if (/"level":"(error|fatal)"/.test(line)) errors.push(`${service}: ${line.slice(0, 1_000)}`);
  },
  onTrouble: (sentence) => errors.push(sentence),
});
let found = 0;
try {
  for (const name of names) {
    const report = await TARGETS[name]!(platform, seededRandom(seed), (minutes * 60_000) / names.length);
    found += report.findings.length;
    say(`${name}: ${report.tried} tried with seed ${seed}, ${report.findings.length} found; ${report.notes.join(', ')}`);
    for (const { what, by } of report.findings.slice(0, 20)) say(`  ${what}\n    ${by}`);
  }
} finally {
  await platform.stop();
}
for (const error of new Set(errors)) say(`  logged: ${error}`);
console.log(JSON.stringify({ fuzz: { seed, found, errors: errors.length } }));
process.exit(found + errors.length === 0 ? 0 : 1);
