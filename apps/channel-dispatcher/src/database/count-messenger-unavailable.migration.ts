import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CountMessengerUnavailable1767900000000 implements MigrationInterface {
  readonly name = 'CountMessengerUnavailable1767900000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_parts ADD unavailable integer NOT NULL DEFAULT 0`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_parts DROP unavailable`);
  }
}
