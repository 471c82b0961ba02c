import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { TOPICS } from '../topics.js';
import { breaksBetween, notUnderstood } from './compatibility.js';
import { committedDocuments, CONTRACTS_DIRECTORY, releasedSchemas, schemasIn } from './committed.js';
import { documentsOf } from './documents.js';

const ACCEPT = '--accept-breaks';

/** `npm run contracts`: writes the documents, unless that would hide a change that breaks somebody. */
const committed = await committedDocuments();
const current = documentsOf(TOPICS);
const breaks = breaksBetween(schemasIn(committed), schemasIn(current));
const released = await releasedSchemas();
const incompatible = [...breaksBetween(released.schemas, schemasIn(current)), ...notUnderstood(released.schemas, TOPICS, released.version)];
if (incompatible.length > 0) {
  process.stderr.write(
    `${incompatible.join('\n')}\n\n${released.version} is released: it reads and writes beside this version during an upgrade.\n`,
  );
  process.exit(1);
}
if (breaks.length > 0 && !process.argv.includes(ACCEPT)) {
  process.stderr.write(
    `${breaks.join('\n')}\n\nGive the event its next version, or, before the contract is released: npm run contracts -- ${ACCEPT}\n`,
  );
  process.exit(1);
}
for (const file of committed.keys()) if (!current.has(file)) await rm(path.join(CONTRACTS_DIRECTORY, file));
let written = 0;
for (const [file, text] of current) {
  const target = path.join(CONTRACTS_DIRECTORY, file);
  if ((await readFile(target, 'utf8').catch(() => undefined)) === text) continue;
  await mkdir(path.dirname(target), { recursive: true });
  await writeFile(target, text);
  written += 1;
}
process.stdout.write(`${written} of ${current.size} documents written to docs/contracts\n`);
