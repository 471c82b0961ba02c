import { DataSource, QueryRunnerAlreadyReleasedError } from 'typeorm';
import type { EntityManager, QueryRunner } from 'typeorm';

interface PgClient {
  query(query: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[]; rowCount: number | null }>;
}

/** A statement that Postgres parses and plans once per connection: for the few that run all the time this is most of their cost. */
export interface Statement {
  /** Unique in the process; one name is one text for good. */
  readonly name: string;
  readonly text: string;
}

/** Runs a prepared statement in the transaction of an entity manager, or on a connection of its own. */
export async function prepared<Row>(on: DataSource | EntityManager, { name, text }: Statement, values: readonly unknown[]): Promise<Row[]> {
  return (await run(on, name, text, values)).rows as Row[];
}

/** The same for a statement of which only the number of rows matters. */
export async function preparedCount(
  on: DataSource | EntityManager,
  { name, text }: Statement,
  values: readonly unknown[],
): Promise<number> {
  return (await run(on, name, text, values)).rowCount ?? 0;
}

async function run(on: DataSource | EntityManager, name: string, text: string, values: readonly unknown[]) {
  const runner = on instanceof DataSource ? undefined : on.queryRunner;
  if (runner) {
    // `connect` of a released runner would open a new connection, outside of the transaction.
    if (runner.isReleased) throw new QueryRunnerAlreadyReleasedError();
    return (await clientOf(runner)).query({ name, text, values });
  }
  const own = (on instanceof DataSource ? on : on.dataSource).createQueryRunner();
  try {
    return await (await clientOf(own)).query({ name, text, values });
  } finally {
    await own.release();
  }
}

async function clientOf(runner: QueryRunner): Promise<PgClient> {
  return (await runner.connect()) as PgClient;
}
