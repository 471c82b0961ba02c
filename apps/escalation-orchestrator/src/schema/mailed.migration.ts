import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which lines the visitor has by e-mail. */
export class Mailed1767571750000 implements MigrationInterface {
  readonly name = 'Mailed1767571750000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transcript_lines ADD COLUMN mailed boolean NOT NULL DEFAULT false');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE transcript_lines DROP COLUMN mailed');
  }
}
