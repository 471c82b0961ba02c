import type { DataSource, EntityManager } from 'typeorm';

interface NamedClient {
  query(statement: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

export type Statement<Row> = (on: DataSource | EntityManager, values: readonly unknown[]) => Promise<Row[]>;

/** A statement that Postgres parses once per connection. It runs in the manager's transaction, or alone on a data source. */
export function statement<Row>(name: string, text: string): Statement<Row> {
  return async (on, values) => {
    if (!('createQueryRunner' in on) && on.queryRunner) return run(on.queryRunner, values);
    const runner = ('createQueryRunner' in on ? on : on.dataSource).createQueryRunner();
    try {
      return await run(runner, values);
    } finally {
      await runner.release();
    }
  };

  async function run(runner: { connect(): Promise<unknown> }, values: readonly unknown[]): Promise<Row[]> {
    const client = (await runner.connect()) as NamedClient;
    const { rows } = await client.query({ name: `effects-${name}`, text, values });
    return rows as Row[];
  }
}
