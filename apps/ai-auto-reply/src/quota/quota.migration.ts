import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The ledger of answers: an entry for each, and what they are counted as in each month of a workspace. */
class CreateQuota1767600010000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE quota_entries (
        entry_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        bot_id text NOT NULL,
        period text NOT NULL CHECK (period ~ '^\\d{4}-\\d{2}$'),
        state text NOT NULL CHECK (state IN ('reserved', 'committed', 'refunded')),
        counted text NOT NULL CHECK (counted IN ('reserved', 'committed', 'refunded')),
        place text CHECK (place IN ('inbox', 'webchat', 'messenger')),
        why text,
        late boolean NOT NULL DEFAULT false,
        at timestamptz NOT NULL,
        expires_at timestamptz NOT NULL,
        ended_at timestamptz,
        CHECK ((state = 'committed') = (place IS NOT NULL)),
        CHECK ((state = 'reserved') = (ended_at IS NULL))
      )`);
    await runner.query('CREATE INDEX quota_entries_of_month ON quota_entries (workspace_id, period, state, bot_id, place)');
    await runner.query("CREATE INDEX quota_entries_open ON quota_entries (expires_at) WHERE state = 'reserved'");
    await runner.query('CREATE INDEX quota_entries_to_count ON quota_entries (workspace_id, period) WHERE counted <> state');
    // One row takes every answer of its workspace: room on its page keeps the new versions beside the old one.
    await runner.query(`
      CREATE TABLE quota_periods (
        period text NOT NULL,
        workspace_id text NOT NULL,
        reserved integer NOT NULL DEFAULT 0 CHECK (reserved >= 0),
        committed integer NOT NULL DEFAULT 0 CHECK (committed >= 0),
        warned_at timestamptz,
        PRIMARY KEY (period, workspace_id)
      ) WITH (fillfactor = 20)`);
    await runner.query('ALTER TABLE quota_periods SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 1000)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE quota_periods');
    await runner.query('DROP TABLE quota_entries');
  }
}

export const quotaMigrations: (new () => MigrationInterface)[] = [CreateQuota1767600010000];
