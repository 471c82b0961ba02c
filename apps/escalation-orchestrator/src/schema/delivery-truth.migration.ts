import type { MigrationInterface, QueryRunner } from 'typeorm';

/** A line may be waiting for its channel or sent, and says why it did not arrive. */
export class DeliveryTruth1767571320000 implements MigrationInterface {
  readonly name = 'DeliveryTruth1767571320000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transcript_lines ADD COLUMN failure text, ADD COLUMN reason text');
    // The new ones stand below those that were there: a replica of the last version, which counts from 1, takes no harm from them.
    await runner.query(`
      CREATE OR REPLACE FUNCTION line_status_rank(status text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE status WHEN 'waiting' THEN -1 WHEN 'sent' THEN 0 WHEN 'failed' THEN 1 WHEN 'superseded' THEN 2 WHEN 'delivered' THEN 3
        WHEN 'seen' THEN 4 ELSE -2 END`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE OR REPLACE FUNCTION line_status_rank(status text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE status WHEN 'failed' THEN 1 WHEN 'superseded' THEN 2 WHEN 'delivered' THEN 3 WHEN 'seen' THEN 4 ELSE 0 END`);
    await runner.query("UPDATE transcript_lines SET status = NULL WHERE status IN ('waiting', 'sent')");
    await runner.query('ALTER TABLE transcript_lines DROP COLUMN failure, DROP COLUMN reason');
  }
}
