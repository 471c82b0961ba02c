import { setTimeout as pause } from 'node:timers/promises';
import type pg from 'pg';
import { type DataSourceOptions, type MigrationInterface, MigrationExecutor } from 'typeorm';
import { checkedSchema, createDataSource } from './data-source.js';
import { DatabaseClient } from './database-client.js';
import { isHeldByAnother, TableHeld } from './table-held.js';

export interface MigrationOptions {
  readonly url: string;
  readonly schema: string;
  readonly migrations: NonNullable<DataSourceOptions['migrations']>;
  readonly applicationName: string;
  readonly patience?: MigrationPatience;
  /** Told, in a sentence, each time a migration lets go of a table that another transaction holds. */
  readonly onHeld?: (sentence: string) => void;
}

/** How a migration comes to a table that others work with. */
export interface MigrationPatience {
  /** It stands in line for so long (ms): whoever comes after it waits, too. */
  readonly lockWithinMs: number;
  /** Between two tries the line moves on for so long (ms). */
  readonly pauseMs: number;
  readonly tries: number;
}

/** Nobody is kept for longer than a visitor takes for a slow answer; and all tries together end before the chart's Job does (10 minutes). */
const PATIENCE: MigrationPatience = { lockWithinMs: 2_000, pauseMs: 5_000, tries: 40 };

/**
 * Brings a schema up to date and returns the names of the migrations that ran, oldest first. The schema is created when
 * it is missing. Callers that come at once wait for each other; each migration is a transaction of its own, and does not stand
 * in the way of services for long when somebody holds its table: it lets go and tries again.
 * @throws TableHeld when that did not help
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
  const { patience = PATIENCE, onHeld } = options;
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
    for (const migration of dataSource.migrations) lettingGo(migration, patience);
    const pending = (await new MigrationExecutor(dataSource).getPendingMigrations()).map(({ name }) => name);
    for (let tried = 1; ; tried++) {
      try {
        await dataSource.runMigrations({ transaction: 'each' });
        return pending;
      } catch (error) {
        if (!(error instanceof TableHeld) || tried >= patience.tries) throw error;
        onHeld?.(error.message);
        await pause(patience.pauseMs);
      }
    }
  } finally {
    await dataSource.destroy();
  }
}

/** An index that is built CONCURRENTLY, outside of a transaction, keeps nobody waiting: that one may stand in line for as long as it takes. */
function lettingGo(migration: MigrationInterface, { lockWithinMs }: MigrationPatience): void {
  if (migration.transaction === false) return;
  const up = migration.up.bind(migration);
  migration.up = async (runner) => {
    await runner.query(`SET LOCAL lock_timeout = ${lockWithinMs}`);
    await up(runner).catch((error: unknown) => {
      throw isHeldByAnother(error) ? new TableHeld(migration.name ?? migration.constructor.name, lockWithinMs, error) : error;
    });
  };
}
