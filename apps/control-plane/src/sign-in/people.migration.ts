import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who may sign in, into which workspaces, and the browsers in which he has. */
export class People1790000100000 implements MigrationInterface {
  readonly name = 'People1790000100000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE people (
        person_id uuid PRIMARY KEY,
        email text NOT NULL,
        name text NOT NULL,
        administrator boolean NOT NULL DEFAULT false,
        created_at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE UNIQUE INDEX people_of_email ON people (lower(email))');
    await runner.query(`
      CREATE TABLE members (
        workspace_id text NOT NULL,
        person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
        role text NOT NULL,
        since timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (workspace_id, person_id)
      )`);
    await runner.query('CREATE INDEX members_of_person ON members (person_id)');
    await runner.query(`
      CREATE TABLE sign_in_links (
        token_hash bytea PRIMARY KEY,
        person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
        ends_at timestamptz NOT NULL,
        used_at timestamptz
      )`);
    await runner.query(`
      CREATE TABLE sessions (
        token_hash bytea PRIMARY KEY,
        session_id uuid NOT NULL UNIQUE,
        person_id uuid NOT NULL REFERENCES people ON DELETE CASCADE,
        csrf_token text NOT NULL,
        browser text NOT NULL,
        began_at timestamptz NOT NULL,
        seen_at timestamptz NOT NULL,
        ends_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX sessions_of_person ON sessions (person_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['sessions', 'sign_in_links', 'members', 'people']) await runner.query(`DROP TABLE ${table}`);
  }
}
