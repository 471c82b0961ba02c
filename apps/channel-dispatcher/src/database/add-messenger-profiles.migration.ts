import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMessengerProfiles1767800000000 implements MigrationInterface {
  readonly name = 'AddMessengerProfiles1767800000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_threads ADD profile_at timestamptz, ADD profile_name text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_threads DROP profile_at, DROP profile_name`);
  }
}
