import { createHash } from 'node:crypto';
import pg from 'pg';
import { runMigrations } from '../run-migrations.js';
import { type Objection, objectionsTo } from './judge-statement.js';
import { compareVersions, previousTables, type ReleasedTables } from './released.js';
import { readShape, type SchemaShape, whatIsMissing } from './schema-shape.js';
import { type MigrationClass, readMigration, type ReadMigration } from './statements.js';

export interface MigrationsOf {
  readonly schema: string;
  readonly migrations: readonly MigrationClass[];
  /** The release whose services are at work meanwhile; by default the newest one kept in `docs/releases`. */
  readonly previous?: ReleasedTables;
}

/**
 * Why migrations cannot run under the services of the previous release, one sentence each; empty when an upgrade at noon does no harm.
 * What was released is held to having stayed as it was; what is new, to expand first and contract later.
 */
export async function upgradeProblems({ schema, migrations, previous }: MigrationsOf): Promise<string[]> {
  const release = previous ?? (await previousTables());
  const released = release.schemas[schema] ?? { migrations: {}, shape: { tables: {}, functions: {} } };
  const read = await Promise.all(migrations.map((migration) => readMigration(migration)));
  const names = new Set(read.map(({ name }) => name));
  const exists = (table: string): boolean => Object.hasOwn(released.shape.tables, table);
  return [
    ...Object.keys(released.migrations)
      .filter((name) => !names.has(name))
      .map((name) => `${name} was part of ${release.version} and is gone`),
    ...read.flatMap((migration) => {
      const digest = released.migrations[migration.name];
      if (digest === undefined) return ofNew(migration, exists, release.version);
      return digest === digestOf(migration)
        ? []
        : [`${migration.name} was part of ${release.version} and says something else now: write a new one`];
    }),
  ];
}

/**
 * Makes the tables in an empty database and says what code of the previous release would miss there, one sentence each.
 * @param url of a database of its own
 * @param as the schema to make, where it is not to be the one that the release calls so
 */
export async function shapeProblems(url: string, { schema, migrations, previous }: MigrationsOf, as = schema): Promise<string[]> {
  const release = previous ?? (await previousTables());
  const shape = await shapeOf(url, { schema: as, migrations });
  if (Object.keys(shape.tables).length === 0) return [`${schema} has no tables`];
  const released = release.schemas[schema];
  return released ? whatIsMissing(released.shape, shape).map((reason) => `${schema}.${reason}`) : [];
}

/** Runs migrations and reads what they made. */
export async function shapeOf(url: string, { schema, migrations }: Omit<MigrationsOf, 'previous'>): Promise<SchemaShape> {
  await runMigrations({ url, schema, migrations: [...migrations], applicationName: 'shape' });
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return await readShape(client, schema);
  } finally {
    await client.end();
  }
}

/** What a released migration is known by. */
export function digestOf({ statements }: Pick<ReadMigration, 'statements'>): string {
  return createHash('sha256').update(statements.join(';\n')).digest('hex').slice(0, 16);
}

function ofNew(migration: ReadMigration, exists: (table: string) => boolean, previous: string): string[] {
  const { name, statements, inTransaction, contract, small } = migration;
  const mayBreak = contract !== undefined && compareVersions(contract.lastUsedIn, previous) < 0;
  const problems: string[] = [];
  if (contract && !mayBreak) {
    problems.push(
      `${name}: takes away what ${contract.lastUsedIn} still uses, and ${previous} is at work while it runs: it belongs into the release after the next`,
    );
  }
  for (const statement of statements) {
    const concurrently = / concurrently /i.test(statement);
    if (concurrently && inTransaction) problems.push(`${name}: CONCURRENTLY needs \`readonly transaction = false\``);
    if (concurrently && statements.filter((other) => !/ concurrently /i.test(other)).length > 0) {
      problems.push(`${name}: what runs outside a transaction stands alone, for the rest would be left half done`);
    }
    const objections = objectionsTo(statement, exists).filter((objection) => !isExcused(objection, mayBreak, small?.tables ?? []));
    for (const { because } of objections) problems.push(`${name}: ${short(statement)}: ${because}`);
  }
  return [...new Set(problems)];
}

function isExcused({ kind, table }: Objection, mayBreak: boolean, small: readonly string[]): boolean {
  if (kind === 'breaks') return mayBreak;
  return kind === 'locks' && table !== undefined && small.includes(table);
}

function short(statement: string): string {
  return statement.length > 80 ? `${statement.slice(0, 79)}…` : statement;
}
