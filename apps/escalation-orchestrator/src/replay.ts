import { once } from 'node:events';
import { VERSION } from '@baton/telemetry';
import { runReplay } from './replay/run-replay.js';

const { stdin, stdout, stderr, env, argv } = process;

process.exitCode = await runReplay(argv.slice(2), {
  stdin,
  env,
  version: VERSION,
  say: async (line) => {
    if (!stdout.write(`${JSON.stringify(line)}\n`)) await once(stdout, 'drain');
  },
  complain: (sentence) => stderr.write(`${sentence}\n`),
});
