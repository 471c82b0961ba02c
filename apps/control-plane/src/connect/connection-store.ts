import type { DataSource } from 'typeorm';
import type { HookSecret } from './hook-secrets.js';

/** A connection to Crisp as it lies in the database: nothing of it can be read without the settings keys. */
export interface StoredConnection {
  readonly botId: string;
  readonly websiteId: string;
  readonly tier: 'plugin' | 'website';
  readonly apiUrl: string;
  readonly tokenId: string;
  /** Sealed for `crisp`. */
  readonly tokenKey: string;
  /** Sealed for `webhooks`, the one in use first. */
  readonly hookSecrets: readonly HookSecret[];
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

const COLUMNS = `bot_id AS "botId", website_id AS "websiteId", tier, api_url AS "apiUrl", token_id AS "tokenId", token_key AS "tokenKey",
  hook_secrets AS "hookSecrets", created_at AS "createdAt", updated_at AS "updatedAt"`;

/** The connections that were made over the API, one for each bot. */
export class ConnectionStore {
  constructor(private readonly dataSource: DataSource) {}

  all(): Promise<StoredConnection[]> {
    return this.dataSource.query(`SELECT ${COLUMNS} FROM crisp_connections ORDER BY bot_id`);
  }

  /** Decides on what is there under its lock, and keeps what was decided; `undefined` keeps it as it is, null deletes it. */
  change<T extends { readonly keep: StoredConnection | null | undefined }>(
    botId: string,
    decide: (before: StoredConnection | undefined) => T,
  ): Promise<T> {
    return this.dataSource.transaction(async (manager) => {
      await manager.query('SELECT pg_advisory_xact_lock(hashtextextended($1, 0))', [`crisp-connection:${botId}`]);
      const [before]: StoredConnection[] = await manager.query(`SELECT ${COLUMNS} FROM crisp_connections WHERE bot_id = $1`, [botId]);
      const decided = decide(before);
      const { keep } = decided;
      if (keep === null) await manager.query('DELETE FROM crisp_connections WHERE bot_id = $1', [botId]);
      if (keep) await manager.query(KEEP, valuesOf(keep));
      return decided;
    });
  }
}

const KEEP = `
  INSERT INTO crisp_connections (bot_id, website_id, tier, api_url, token_id, token_key, hook_secrets, created_at, updated_at)
  VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)
  ON CONFLICT (bot_id) DO UPDATE SET website_id = excluded.website_id, tier = excluded.tier, api_url = excluded.api_url,
    token_id = excluded.token_id, token_key = excluded.token_key, hook_secrets = excluded.hook_secrets, updated_at = excluded.updated_at`;

function valuesOf(one: StoredConnection): unknown[] {
  const secrets = JSON.stringify(one.hookSecrets);
  return [one.botId, one.websiteId, one.tier, one.apiUrl, one.tokenId, one.tokenKey, secrets, one.createdAt, one.updatedAt];
}
