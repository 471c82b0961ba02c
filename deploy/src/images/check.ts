import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { REPOSITORY } from '../place.js';

/**
 * `npm run images [-- --require]`: looks at the Dockerfile with hadolint and at docker-compose.yml with Docker Compose's own reader, where they are
 * on PATH; images are built by Docker alone. Exit code 1: something is wrong. A tool that is missing is said, and with `--require` ends it with 2.
 */
const COMPOSE = [['docker-compose'], ['docker', 'compose']];
const tell = (line: string): void => console.log(line);

type Result = { readonly ran: false } | { readonly ran: true; readonly problem?: string };

function run([command, ...args]: readonly string[]): Result {
  const { error, status, stdout, stderr } = spawnSync(command!, args, { cwd: REPOSITORY, encoding: 'utf8' });
  if (error) return { ran: false };
  return status === 0 ? { ran: true } : { ran: true, problem: `${stdout}${stderr}`.trim() };
}

/** With options for a file, before what is to be done. A docker without the plugin has no version of it. */
function compose(options: readonly string[]): Result {
  const words = COMPOSE.find((candidate) => {
    const asked = run([...candidate, 'version']);
    return asked.ran && asked.problem === undefined;
  });
  return words ? run([...words, ...options, 'config', '--quiet']) : { ran: false };
}

/** As somebody has it who followed the comment at the top of the file. */
function withNewEnv(look: (file: string) => Result): Result {
  const folder = mkdtempSync(path.join(tmpdir(), 'baton-compose-'));
  const file = path.join(folder, '.env');
  try {
    const made = run([process.execPath, 'deploy/images/new-env.mjs', file]);
    return made.ran && made.problem === undefined ? look(file) : made;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const checks: readonly (readonly [what: string, tool: string, check: () => Result])[] = [
  ['deploy/Dockerfile', 'hadolint', () => run(['hadolint', 'deploy/Dockerfile'])],
  ['docker-compose.yml', 'Docker Compose', () => compose(['--env-file', 'deploy/images/compose.env.example'])],
  ['docker-compose.yml with new keys', 'Docker Compose', () => withNewEnv((file) => compose(['--env-file', file]))],
  [
    'docker-compose.yml with the sandbox',
    'Docker Compose',
    () => compose(['--env-file', 'deploy/images/sandbox.env', '--profile', 'sandbox']),
  ],
];

let wrong = 0;
let missing = 0;
for (const [what, tool, check] of checks) {
  const result = check();
  if (!result.ran) missing += 1;
  else if (result.problem !== undefined) wrong += 1;
  tell(`${what}: ${result.ran ? (result.problem ?? 'well') : `not looked at, ${tool} is not on PATH`}`);
}
process.exit(wrong > 0 ? 1 : missing > 0 && process.argv.includes('--require') ? 2 : 0);
