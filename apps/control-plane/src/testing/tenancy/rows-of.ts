import type { DataSource } from 'typeorm';

/** A mark of all rows of each table that have one of these words: another mark means another row. When something was last used does not count. */
export async function rowsOf(database: DataSource, words: readonly string[]): Promise<Record<string, string>> {
  const tables: { name: string }[] = await database.query(
    'SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema() ORDER BY 1',
  );
  const marks: [string, string][] = [];
  for (const { name } of tables) {
    const [row]: { mark: string }[] = await database.query(
      `SELECT count(*) || ' ' || md5(coalesce(string_agg(t, E'\\n' ORDER BY t), '')) AS mark
       FROM (SELECT (to_jsonb(r) - '{seen_at,last_used_at,address}'::text[])::text AS t FROM "${name}" r) AS texts WHERE t ~* $1`,
      [words.join('|')],
    );
    marks.push([name, row!.mark]);
  }
  return Object.fromEntries(marks);
}
