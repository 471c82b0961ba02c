import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What else is known of a handover when it is told how it went; `outcome_revision` counts how often that was told. */
export class Outcomes1767571560000 implements MigrationInterface {
  readonly name = 'Outcomes1767571560000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      ALTER TABLE handovers ADD COLUMN cause jsonb, ADD COLUMN taken_at timestamptz, ADD COLUMN reopens uuid, ADD COLUMN reopened_at timestamptz,
        ADD COLUMN followed_up_at timestamptz, ADD COLUMN outcome_revision integer NOT NULL DEFAULT 0`);
    await runner.query('CREATE INDEX handovers_bot ON handovers (bot_id, requested_at DESC, id DESC)');
    await runner.query('CREATE INDEX promises_handover ON promises (handover_id) WHERE handover_id IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX promises_handover');
    await runner.query('DROP INDEX handovers_bot');
    await runner.query(`
      ALTER TABLE handovers DROP COLUMN cause, DROP COLUMN taken_at, DROP COLUMN reopens, DROP COLUMN reopened_at, DROP COLUMN followed_up_at,
        DROP COLUMN outcome_revision`);
  }
}
