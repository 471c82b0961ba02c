import pg from 'pg';

/** A table in which something of somebody still stands. */
export interface TableRemains {
  readonly table: string;
  readonly rows: number;
  /** These rows are the requests for export and erasure themselves, which are kept as the proof. */
  readonly isProof?: true | undefined;
}

export interface SearchedTables {
  readonly tables: number;
  /** Of the tables that were searched. */
  readonly schemas: readonly string[];
  /** With their schemas. */
  readonly unreadable: readonly string[];
  readonly remains: readonly TableRemains[];
}

/** Requests that have ended hold ids and what became of each step, never by what a person is known; an export's result does. */
const REQUESTS = 'control_plane.privacy_requests';
const IS_PROOF = 't.ended_at IS NOT NULL AND t.result IS NULL';

/**
 * Looks for texts in every column of every row of every table that the user of this database may read, and names those that he may not. It reads
 * whole tables, in a transaction that can change nothing: on a large database ask a replica.
 * @param texts ids, addresses, names; letters' case does not matter
 * @throws when the database does not answer
 */
export async function searchTables(url: string, texts: readonly string[]): Promise<SearchedTables> {
  const client = new pg.Client({ connectionString: url, application_name: 'baton verify-erasure' });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query('BEGIN READ ONLY');
    const { rows: all } = await client.query<{ schema: string; name: string; readable: boolean }>(
      `SELECT n.nspname AS schema, c.relname AS name,
         has_schema_privilege(n.oid, 'USAGE') AND has_table_privilege(c.oid, 'SELECT') AS readable FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
       WHERE c.relkind IN ('r', 'p') AND NOT c.relispartition AND n.nspname !~ '^pg_|^information_schema$' ORDER BY 1, 2`,
    );
    const rows = all.filter(({ readable }) => readable);
    const patterns = texts
      .flatMap(inAllCases)
      .flatMap(formsOf)
      .map((form) => `%${form.replace(/[\\%_]/g, String.raw`\$&`)}%`);
    const remains: TableRemains[] = [];
    for (const { schema, name } of rows) {
      const table = `${client.escapeIdentifier(schema)}.${client.escapeIdentifier(name)}`;
      const isProof = `${schema}.${name}` === REQUESTS ? IS_PROOF : 'false';
      const sql = `SELECT (${isProof}) AS proof, count(*)::int AS found FROM ${table} t WHERE to_jsonb(t)::text ILIKE ANY($1) GROUP BY 1 ORDER BY 1`;
      const { rows: counts } = await client.query<{ proof: boolean; found: number }>(sql, [patterns]);
      for (const { proof, found } of counts) remains.push({ table: `${schema}.${name}`, rows: found, ...(proof && { isProof: proof }) });
    }
    return {
      ...{ tables: rows.length, schemas: [...new Set(rows.map(({ schema }) => schema))], remains },
      unreadable: all.filter(({ readable }) => !readable).map(({ schema, name }) => `${schema}.${name}`),
    };
  } finally {
    await client.end();
  }
}

/** What small and capital letters are beyond a to z, a database may not know. */
const inAllCases = (text: string): string[] => [text, text.toLowerCase(), text.toUpperCase()];

/** As JSON writes it, once and within JSON that is kept as text, and as bytes are shown. */
function formsOf(text: string): string[] {
  const once = JSON.stringify(text).slice(1, -1);
  return [...new Set([once, JSON.stringify(once).slice(1, -1), Buffer.from(text).toString('hex')])];
}
