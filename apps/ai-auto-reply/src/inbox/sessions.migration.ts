import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The inbox's conversations, one row each. */
export class InboxSessions1767690060000 implements MigrationInterface {
  readonly name = 'InboxSessions1767690060000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbox_sessions (
        session_id text PRIMARY KEY,
        website_id uuid NOT NULL,
        bot_id text NOT NULL,
        workspace_id text NOT NULL,
        state text NOT NULL,
        epoch integer NOT NULL,
        -- When what the visitor said is to be answered.
        due_at timestamptz,
        -- Who is answering it, of which epoch, for how long, and how often that was begun.
        lease_owner text,
        lease_until timestamptz,
        lease_epoch integer,
        tries integer NOT NULL DEFAULT 0,
        -- The session of the rule.
        session jsonb NOT NULL,
        touched_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE INDEX inbox_sessions_due ON inbox_sessions (due_at) WHERE due_at IS NOT NULL');
    await runner.query('CREATE INDEX inbox_sessions_touched ON inbox_sessions (touched_at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE inbox_sessions');
  }
}
