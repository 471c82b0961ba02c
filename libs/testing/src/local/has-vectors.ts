import pg from 'pg';

/** Whether the server brings the extension along; a service may create it then. */
export async function hasVectors(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5_000 });
  client.on('error', () => undefined);
  await client.connect();
  try {
    return (await client.query(`SELECT FROM pg_available_extensions WHERE name = 'vector'`)).rowCount === 1;
  } finally {
    await client.end().catch(() => undefined);
  }
}
