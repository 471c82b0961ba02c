import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Those who wait at this moment, and how long others waited lately, are looked up each time that somebody begins to wait. */
export class Waiting1767571500000 implements MigrationInterface {
  readonly name = 'Waiting1767571500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE INDEX handovers_accepted ON handovers (website_id, accepted_at DESC) WHERE accepted_at IS NOT NULL');
    await runner.query(
      `CREATE INDEX handovers_waiting ON handovers (website_id, accepted_at)
       WHERE accepted_at IS NOT NULL AND connected_at IS NULL AND ended_at IS NULL`,
    );
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX handovers_waiting');
    await runner.query('DROP INDEX handovers_accepted');
  }
}
