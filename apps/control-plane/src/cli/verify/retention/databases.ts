import type { RetentionSchema } from '@baton/persistence/retention';
import pg from 'pg';
import { placeOf } from '../place-of.js';
import { SERVICES } from './judge-rows.js';

/** A database that is looked at, in a transaction that can change nothing. */
export interface Database {
  /** Host and name, without user and password. */
  readonly place: string;
  /** Those of Baton's services that have their tables here. */
  readonly schemas: readonly RetentionSchema[];
  /** Runs a statement with a service's tables in its sight. */
  query<T extends object>(schema: RetentionSchema, sql: string, values: readonly unknown[]): Promise<T[]>;
  /** The same, but gives up after so long; undefined then. */
  queryWithin<T extends object>(ms: number, schema: RetentionSchema, sql: string, values: readonly unknown[]): Promise<T[] | undefined>;
  close(): Promise<void>;
}

const SCHEMAS = Object.keys(SERVICES) as RetentionSchema[];
const GAVE_UP = '57014';
const CONNECT_WITHIN_MS = 10_000;

/** @throws when it does not answer, or does not let this user in */
export async function openDatabase(url: string): Promise<Database> {
  const client = new pg.Client({
    ...{ connectionString: url, application_name: 'baton verify-retention', connectionTimeoutMillis: CONNECT_WITHIN_MS },
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    await client.query("SET LOCAL TimeZone = 'UTC'");
    const { rows } = await client.query<{ name: RetentionSchema }>(
      `SELECT n.nspname AS name FROM pg_namespace n WHERE n.nspname = ANY($1) AND has_schema_privilege(n.oid, 'USAGE')
         AND EXISTS (SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relkind = 'r') ORDER BY 1`,
      [SCHEMAS],
    );
    /** What fails, and what is set for it, leaves nothing behind for the next. */
    const query = async <T extends object>(
      schema: RetentionSchema,
      sql: string,
      values: readonly unknown[],
      withinMs = 0,
    ): Promise<T[]> => {
      await client.query('SAVEPOINT before');
      try {
        await client.query(`SET LOCAL statement_timeout = ${Math.round(withinMs)}`);
        await client.query(`SET LOCAL search_path TO ${client.escapeIdentifier(schema)}`);
        return (await client.query<T>(sql, [...values])).rows;
      } finally {
        await client.query('ROLLBACK TO SAVEPOINT before');
      }
    };
    return {
      place: placeOf(url),
      schemas: rows.map(({ name }) => name),
      query: (schema, sql, values) => query(schema, sql, values),
      queryWithin: (ms, schema, sql, values) =>
        query<never>(schema, sql, values, ms).catch((error: unknown) => {
          if ((error as { code?: string }).code === GAVE_UP) return undefined;
          throw error;
        }),
      close: () => client.end(),
    };
  } catch (error) {
    await client.end().catch(() => undefined);
    throw error;
  }
}
