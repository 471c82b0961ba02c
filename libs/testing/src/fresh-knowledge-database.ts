import { randomBytes } from 'node:crypto';
import pg from 'pg';

export interface FreshKnowledgeDatabase {
  readonly url: string;
  /** Nobody else's; it is not there yet, migrations make it. */
  readonly schema: string;
  /** Takes it away with all that is in it. */
  drop(): Promise<void>;
}

/** A schema of its own in the knowledge database, so that tests never meet; one that runs in a single process has no second database. */
export function freshKnowledgeDatabase(knowledgeUrl: string, name = 'knowledge'): FreshKnowledgeDatabase {
  if (!/^[a-z][a-z0-9_]{0,40}$/.test(name)) throw new Error(`"${name}" is no schema name: a to z, 0 to 9 and _, starting with a letter`);
  const schema = `${name}_${randomBytes(5).toString('hex')}`;
  return {
    url: knowledgeUrl,
    schema,
    async drop() {
      const client = new pg.Client({ connectionString: knowledgeUrl, application_name: 'baton-testing' });
      client.on('error', () => undefined);
      await client.connect();
      try {
        await client.query(`DROP SCHEMA IF EXISTS "${schema}" CASCADE`);
      } finally {
        await client.end();
      }
    },
  };
}
