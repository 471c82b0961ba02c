import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Names of workspaces, invitations into them, API keys of them, and the identities by which people come from their team’s sign-in service. */
export class Members1790000110000 implements MigrationInterface {
  readonly name = 'Members1790000110000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE workspaces (
        workspace_id text PRIMARY KEY,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        created_by jsonb NOT NULL
      )`);
    await runner.query(`
      CREATE TABLE invitations (
        invitation_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        email text NOT NULL,
        role text NOT NULL,
        token_hash bytea NOT NULL UNIQUE,
        invited_by jsonb NOT NULL,
        invited_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE UNIQUE INDEX invitations_of_email ON invitations (lower(email), workspace_id)');
    await runner.query('CREATE INDEX invitations_of_workspace ON invitations (workspace_id)');
    await runner.query(`
      CREATE TABLE api_keys (
        key_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        key_hash bytea NOT NULL UNIQUE,
        prefix text NOT NULL,
        name text NOT NULL,
        role text NOT NULL,
        scopes text[] NOT NULL,
        created_at timestamptz NOT NULL,
        created_by jsonb NOT NULL,
        last_used_at timestamptz,
        ends_at timestamptz,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE INDEX api_keys_of_workspace ON api_keys (workspace_id, created_at DESC)');
    await runner.query(`
      CREATE TABLE identities (
        issuer text NOT NULL,
        subject text NOT NULL,
        person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
        bound_at timestamptz NOT NULL,
        PRIMARY KEY (issuer, subject)
      )`);
    await runner.query('CREATE UNIQUE INDEX identities_of_person ON identities (person_id, issuer)');
    await runner.query(`ALTER TABLE sessions ADD COLUMN address text NOT NULL DEFAULT ''`);
    await runner.query('CREATE INDEX sign_in_links_of_person ON sign_in_links (person_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX sign_in_links_of_person');
    await runner.query('ALTER TABLE sessions DROP COLUMN address');
    for (const table of ['identities', 'api_keys', 'invitations', 'workspaces']) await runner.query(`DROP TABLE ${table}`);
  }
}
