/** A Postgres with vectors for a machine without Docker: PGlite, in a process of its own. Arguments: directory, port. */
import { rm, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { exists } from '../files.js';
import { openDoorway } from './doorway.js';

const [directory, port] = process.argv.slice(2) as [string, string];
const data = path.join(directory, 'data');
// Who was killed while he made the database left half of one.
const whole = path.join(directory, 'whole');
if (!(await exists(whole))) await rm(data, { recursive: true, force: true });

const database = await PGlite.create({
  dataDir: data,
  extensions: { vector, pg_trgm, unaccent },
});
await database.exec(
  'CREATE EXTENSION IF NOT EXISTS vector; CREATE EXTENSION IF NOT EXISTS pg_trgm; CREATE EXTENSION IF NOT EXISTS unaccent',
);
await writeFile(whole, '');

const server = await openDoorway(database, {
  port: Number(port),
  databaseName: 'postgres',
  onBroken: (error) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exit(1);
  },
});

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    server.close();
    void database.close().finally(() => process.exit(0));
  });
}
