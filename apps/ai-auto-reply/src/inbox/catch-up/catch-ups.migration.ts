import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far the inbox of each website was looked through for messages that no web hook told. */
export class CatchUps1767690160000 implements MigrationInterface {
  readonly name = 'CatchUps1767690160000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE catch_ups (
        website_id uuid PRIMARY KEY,
        -- What was written earlier was never ours to answer.
        watched_since timestamptz NOT NULL,
        -- Whoever looks next does so not before then; while one looks, until it may be given up.
        next_at timestamptz NOT NULL,
        -- Changes up to then (Crisp's clock, ms) are dealt with.
        listed_up_to bigint
      )`);
    await runner.query(`
      CREATE TABLE caught_up_sessions (
        session_id text PRIMARY KEY,
        website_id uuid NOT NULL,
        -- It was read at this change (Crisp's clock, ms).
        up_to bigint NOT NULL
      )`);
    await runner.query('CREATE INDEX caught_up_sessions_website ON caught_up_sessions (website_id, up_to)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE caught_up_sessions');
    await runner.query('DROP TABLE catch_ups');
  }
}
