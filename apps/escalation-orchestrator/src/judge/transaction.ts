import type { DataSource, EntityManager } from 'typeorm';

interface PgClient {
  query(text: string): Promise<unknown>;
}

/**
 * As TypeORM's own, but the beginning goes out together with the first statements instead of being waited for: on a
 * connection in pipeline mode that is a round trip less for each batch.
 */
export async function inTransaction<T>(dataSource: DataSource, work: (manager: EntityManager) => Promise<T>): Promise<T> {
  const runner = dataSource.createQueryRunner();
  try {
    const client = (await runner.connect()) as PgClient;
    const begun = client.query('BEGIN');
    try {
      const [result] = await Promise.all([work(runner.manager), begun]);
      await client.query('COMMIT');
      return result;
    } catch (error) {
      // What is still on its way comes back before this does: nothing of it can reach the next transaction.
      await client.query('ROLLBACK').catch(() => undefined);
      throw error;
    }
  } finally {
    await runner.release();
  }
}

/** Connections send a statement without waiting for the answer to the one before; answers come in order. To be called before `initialize`. */
export function pipelined(dataSource: DataSource): DataSource {
  const extra = (dataSource.options.extra ?? {}) as object;
  return dataSource.setOptions({ extra: { ...extra, pipeline: true } });
}
