#!/usr/bin/env node
/**
 * What `npm start`, `npm test` and their siblings run. It works on the Node of a fresh machine with nothing installed:
 * it brings in the packages (Node 24 among them), builds what changed, and runs the command under that Node.
 */
import { fileURLToPath } from 'node:url';
import path from 'node:path';
import { Launch } from './problems.mjs';
import { checkSources } from './lint.mjs';
import { checkTools, installPackages } from './install.mjs';
import { buildChanged } from './build.mjs';
import { runCommand, stopOnSignals } from './run.mjs';
import { runTests } from './test.mjs';

const ROOT = fileURLToPath(new URL('../../../', import.meta.url));

const PROGRAMS = {
  start: 'apps/sandbox/dist/start.js',
  journey: 'apps/sandbox/dist/journey.js',
  faults: 'apps/sandbox/dist/faults.js',
  bench: 'apps/sandbox/dist/bench.js',
  contracts: 'libs/contracts/dist/docs/write.js',
  'dead-letters': 'libs/messaging/dist/cli/dead-letters.js',
  knowledge: 'apps/ai-auto-reply/dist/cli/knowledge.js',
  openapi: 'apps/control-plane/dist/write-openapi.js',
  baton: 'apps/control-plane/dist/cli/baton.js',
  topics: 'libs/messaging/dist/cli/topics.js',
  rollout: 'apps/sandbox/dist/rollout.js',
  'record-release': 'apps/sandbox/dist/record-release.js',
  chart: 'deploy/dist/chart/check.js',
  fuzz: 'apps/sandbox/dist/fuzz/run.js',
  audit: 'apps/sandbox/dist/audit/run.js',
  images: 'deploy/dist/images/check.js',
};

const COMMANDS = ['test', 'lint', ...Object.keys(PROGRAMS)];
const NEEDS_SERVERS = new Set(['start', 'test', 'journey', 'faults', 'bench', 'rollout', 'fuzz', 'record-release']);

async function main([command, ...args]) {
  process.chdir(ROOT);
  stopOnSignals();
  if (!COMMANDS.includes(command)) throw new Launch(`Say what to launch: one of ${COMMANDS.join(', ')}.`, 64);
  checkTools({ servers: NEEDS_SERVERS.has(command) });
  await installPackages(ROOT);
  if (command === 'test') return runTests(ROOT);
  if (command === 'lint') return checkSources(ROOT).then(() => 0);
  await buildChanged(ROOT);
  const { code, signal } = await runCommand({ command: 'node', args: [path.join(ROOT, PROGRAMS[command]), ...args], root: ROOT });
  return signal === null ? code : 1;
}

main(process.argv.slice(2)).then(
  (code) => process.exit(code),
  (error) => {
    process.stderr.write(error instanceof Launch ? `${error.message}\n` : `${error?.stack ?? error}\n`);
    process.exit(error instanceof Launch ? error.exitCode : 1);
  },
);
