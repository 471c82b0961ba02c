import { execFile } from 'node:child_process';
import { REPOSITORY } from '../platform/platform.js';
import { judgeAudit, LEVELS } from './judge-audit.js';

/**
 * `npm run audit [-- --level high --needed]`: asks the registry of this installation for known holes in our packages. Exit 0: none of this level;
 * 1: some; 69: nobody answered, unless `--needed` is left out.
 */
const flags = process.argv.slice(2);
const level = flags[flags.indexOf('--level') + 1 || flags.length] ?? 'high';
if (!LEVELS.includes(level) || flags.includes('--help')) {
  console.error(`usage: npm run audit -- [--level ${LEVELS.join('|')}] [--needed]`);
  process.exit(flags.includes('--help') ? 0 : 64);
}
/** Whoever waits for a whole CI run does not wait for a registry that is away (ms). */
const ANSWERS_WITHIN = 10_000;
const ENDS_WITHIN = 25_000;
const output = await new Promise<string>((resolve) => {
  const args = ['audit', '--json', '--fetch-retries=0', `--fetch-timeout=${ANSWERS_WITHIN}`];
  execFile('npm', args, { cwd: REPOSITORY, maxBuffer: 64 * 1_048_576, timeout: ENDS_WITHIN }, (_error, stdout) => resolve(stdout));
});
const { sentences, code } = judgeAudit(output, level, flags.includes('--needed'));
for (const sentence of sentences) console.error(sentence);
process.exit(code);
