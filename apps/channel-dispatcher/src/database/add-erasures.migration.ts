import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddErasures1768200000000 implements MigrationInterface {
  readonly name = 'AddErasures1768200000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE conversations ADD erased_at timestamptz`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE conversations DROP erased_at`);
  }
}
