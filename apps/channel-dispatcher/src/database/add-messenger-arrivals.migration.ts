import type { MigrationInterface, QueryRunner } from 'typeorm';

export class AddMessengerArrivals1768000000000 implements MigrationInterface {
  readonly name = 'AddMessengerArrivals1768000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_threads ADD came_by text`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`ALTER TABLE messenger_threads DROP came_by`);
  }
}
