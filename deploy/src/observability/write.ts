/** Writes dashboards and rules anew from their descriptions: `node deploy/dist/observability/write.js`. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { documents } from './documents.js';

for (const [path, text] of documents()) {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
  process.stdout.write(`${path}\n`);
}
