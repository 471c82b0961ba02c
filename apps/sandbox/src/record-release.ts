import path from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY } from './platform/platform.js';
import { recordRelease, Refused } from './rollout/record-release.js';

/** `npm run record-release -- [<version>] [--again]`: keeps what this version promises to the next one, see docs/operations/upgrades.md. */
const { values, positionals } = parseArgs({ options: { again: { type: 'boolean', default: false } }, allowPositionals: true });
try {
  const folder = await recordRelease({ version: positionals[0], again: values.again, say: (line) => console.error(line) });
  const version = path.basename(folder);
  console.log(`written to ${path.relative(REPOSITORY, folder)}, and all parts say ${version}`);
  console.log(`npm run chart -- --write, when the version is another one; commit all of it, and tag that commit v${version}`);
} catch (error) {
  if (!(error instanceof Refused)) throw error;
  console.error(error.message);
  process.exitCode = 64;
}
