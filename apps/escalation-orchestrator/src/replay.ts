import { once } from 'node:events';
import { createRequire } from 'node:module';
import { runReplay } from './replay/run-replay.js';

const { stdin, stdout, stderr, env, argv } = process;
const { version } = createRequire(import.meta.url)('../package.json') as { version: string };

process.exitCode = await runReplay(argv.slice(2), {
  stdin,
  env,
  version,
  say: async (line) => {
    if (!stdout.write(`${JSON.stringify(line)}\n`)) await once(stdout, 'drain');
  },
  complain: (sentence) => stderr.write(`${sentence}\n`),
});
