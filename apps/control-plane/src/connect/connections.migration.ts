import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Connections to Crisp that were made over the API; their secrets are sealed before they come here. */
export class CreateConnections1767600030000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE crisp_connections (
        bot_id text PRIMARY KEY,
        website_id uuid NOT NULL,
        tier text NOT NULL CHECK (tier IN ('plugin', 'website')),
        api_url text NOT NULL,
        token_id text NOT NULL,
        token_key text NOT NULL,
        hook_secrets jsonb NOT NULL,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE crisp_connections');
  }
}
