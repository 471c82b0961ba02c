import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Alarms with their history, what the tokens of connections were last told, and the last looks at everything. */
export class Alarms1790000500100 implements MigrationInterface {
  readonly name = 'Alarms1790000500100';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE alarms (
        id uuid PRIMARY KEY,
        -- Code, workspace and what it is about, in one.
        name text NOT NULL,
        code text NOT NULL,
        -- Null for the whole installation.
        workspace_id text,
        about text NOT NULL,
        facts jsonb NOT NULL,
        state text NOT NULL CHECK (state IN ('pending', 'open', 'closed')),
        since timestamptz NOT NULL,
        well_since timestamptz,
        closed_at timestamptz,
        muted_until timestamptz,
        acknowledged_at timestamptz,
        acknowledged_by jsonb
      )`);
    await runner.query(`CREATE UNIQUE INDEX alarms_now ON alarms (name) WHERE state <> 'closed'`);
    await runner.query('CREATE INDEX alarms_history ON alarms (workspace_id, since DESC)');
    await runner.query(`
      CREATE TABLE crisp_tokens (
        bot_id text PRIMARY KEY,
        -- Of website and token: another one is tried at once.
        mark text NOT NULL,
        state text NOT NULL,
        since timestamptz NOT NULL,
        tried_at timestamptz NOT NULL
      )`);
    await runner.query('CREATE TABLE looks (at timestamptz PRIMARY KEY, snapshot jsonb NOT NULL)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['looks', 'crisp_tokens', 'alarms']) await runner.query(`DROP TABLE ${table}`);
  }
}
