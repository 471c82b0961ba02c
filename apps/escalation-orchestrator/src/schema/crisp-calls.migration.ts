import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How many calls each token made to Crisp on a day (UTC), added up by all replicas. */
export class CrispCalls1767571690000 implements MigrationInterface {
  readonly name = 'CrispCalls1767571690000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('CREATE TABLE crisp_calls (token_id text, day date, calls bigint NOT NULL, PRIMARY KEY (token_id, day))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE crisp_calls');
  }
}
