import type pg from 'pg';
import type { DataSourceOptions } from 'typeorm';
import { checkedSchema, createDataSource } from './data-source.js';
import { DatabaseClient } from './database-client.js';

export interface MigrationOptions {
  readonly url: string;
  readonly schema: string;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  readonly applicationName: string;
}

/**
 * Brings a schema up to date and returns the names of the migrations that ran, oldest first. The schema is created when
 * it is missing. Callers that come at once wait for each other; each migration is a transaction of its own.
 */
export async function runMigrations(options: MigrationOptions): Promise<string[]> {
  const schema = checkedSchema(options.schema);
  const guard = new DatabaseClient({ connectionString: options.url, application_name: `${options.applicationName}-migrations` });
  await guard.connect();
  try {
    // The lock lives as long as this session, so a killed run frees it.
    await guard.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [`baton:migrations:${schema}`]);
    await createSchema(guard, schema);
    return await runPending(options);
  } finally {
    await guard.end().catch(() => undefined);
  }
}

/** Looks first: `IF NOT EXISTS` alone asks for the right to create even when there is nothing to create. */
async function createSchema(client: pg.Client, schema: string): Promise<void> {
  const { rows } = await client.query<{ missing: boolean }>('SELECT to_regnamespace($1) IS NULL AS missing', [schema]);
  if (rows[0]?.missing) await client.query(`CREATE SCHEMA IF NOT EXISTS "${schema}"`);
}

async function runPending(options: MigrationOptions): Promise<string[]> {
  const dataSource = createDataSource({
    ...options,
    applicationName: `${options.applicationName}-migrations`,
    poolSize: 1,
    answerWithinMs: 0,
  });
  await dataSource.initialize();
  try {
    // A migration may rewrite a table: it takes as long as it takes.
    await dataSource.query('SET statement_timeout = 0');
    const ran = await dataSource.runMigrations({ transaction: 'each' });
    return ran.map((migration) => migration.name);
  } finally {
    await dataSource.destroy();
  }
}
