import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshDatabase {
  readonly url: string;
  /** Takes it away, with everyone who is still connected to it. */
  drop(): Promise<void>;
}

/** A new, empty database on the same server, so that tests never meet. */
export async function freshDatabase(databaseUrl: string, name = 'test'): Promise<FreshDatabase> {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new Error(`"${name}" is no database name: a to z, 0 to 9 and _, starting with a letter`);
  const database = `${name}_${randomBytes(5).toString('hex')}`;
  await statement(databaseUrl, `CREATE DATABASE "${database}"`);
  const url = new URL(databaseUrl);
  url.pathname = `/${database}`;
  return {
    url: url.href,
    drop: () => statement(databaseUrl, `DROP DATABASE IF EXISTS "${database}" WITH (FORCE)`),
  };
}

async function statement(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton-testing' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
