import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddPersonaUse1768100000000 implements MigrationInterface {
  readonly name = 'AddPersonaUse1768100000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_personas ADD used_at timestamptz NOT NULL DEFAULT now()`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_personas DROP used_at`);
  }
}
