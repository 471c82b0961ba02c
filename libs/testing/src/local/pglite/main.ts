/** A Postgres with vectors for a machine without Docker: PGlite, in a process of its own. Arguments: directory, port. */
import { PGlite } from '@electric-sql/pglite';
import { pg_trgm } from '@electric-sql/pglite/contrib/pg_trgm';
import { unaccent } from '@electric-sql/pglite/contrib/unaccent';
import { vector } from '@electric-sql/pglite-pgvector';
import { claimData } from './data-directory.js';
import { openDoorway } from './doorway.js';

const [directory, port] = process.argv.slice(2) as [string, string];

const openDatabase = (dataDir: string) => PGlite.create({ dataDir, extensions: { vector, pg_trgm, unaccent } });

const data = await claimData(directory, async (made) => {
  const database = await openDatabase(made);
  await database.exec('CREATE EXTENSION vector; CREATE EXTENSION pg_trgm; CREATE EXTENSION unaccent');
  await database.close();
});
const database = await openDatabase(data);
// Their settings are known from their first use on; whoever sets one before that must be understood, too.
await database.exec(`SELECT '[1]'::vector <-> '[1]', similarity('a', 'a')`);

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
