import path from 'node:path';
import { REPOSITORY } from './platform/platform.js';
import { recordRelease } from './rollout/record-release.js';

/** `npm run record-release`: keeps what this version promises to the next one, see docs/operations/upgrades.md. */
const folder = await recordRelease((line) => console.error(line));
console.log(`written to ${path.relative(REPOSITORY, folder)}; commit it with the version, and tag that commit v${path.basename(folder)}`);
