import type { EntityManager } from 'typeorm';

interface NamedClient {
  query(statement: { name: string; text: string; values: readonly unknown[] }): Promise<{ rows: unknown[] }>;
}

/**
 * A statement that Postgres parses once per connection: the judge runs the same few thousands of times a minute.
 * Runs in the caller's transaction.
 */
export function prepared<Row>(name: string, text: string): (manager: EntityManager, values: readonly unknown[]) => Promise<Row[]> {
  return async (manager, values) => {
    const runner = manager.queryRunner;
    if (!runner) throw new Error(`${name} must run inside a transaction`);
    const client = (await runner.connect()) as NamedClient;
    const { rows } = await client.query({ name, text, values });
    return rows as Row[];
  };
}
