import { freshDatabase } from '@baton/testing';
import { DataSource } from 'typeorm';
import { messagingMigrations } from '../migrations/index.js';

export interface TestDatabase {
  readonly dataSource: DataSource;
  /** Another pool on the same database, as another process would have. */
  another(): Promise<DataSource>;
  drop(): Promise<void>;
}

export async function testDatabase(): Promise<TestDatabase> {
  const url = process.env['DATABASE_URL'];
  if (!url) throw new Error('DATABASE_URL must name the Postgres to test with');
  const { url: own, drop } = await freshDatabase(url, 'messaging');
  const opened: DataSource[] = [];
  const open = async () => {
    const dataSource = new DataSource({ type: 'postgres', url: own, migrations: messagingMigrations, poolErrorHandler: () => undefined });
    opened.push(await dataSource.initialize());
    return dataSource;
  };
  const dataSource = await open();
  await dataSource.runMigrations();
  return {
    dataSource,
    another: open,
    drop: async () => {
      for (const one of opened) if (one.isInitialized) await one.destroy();
      await drop();
    },
  };
}
