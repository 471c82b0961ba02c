import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which websites' web hooks come, and which bots were stopped by hand. */
class CreateConnection1767600020000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE hooks_seen (
        website_id uuid NOT NULL,
        bot_id text NOT NULL,
        first_at timestamptz NOT NULL,
        last_at timestamptz NOT NULL,
        count bigint NOT NULL,
        PRIMARY KEY (website_id, bot_id)
      )`);
    await runner.query(`
      CREATE TABLE stopped_bots (
        bot_id text PRIMARY KEY,
        at timestamptz NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE stopped_bots');
    await runner.query('DROP TABLE hooks_seen');
  }
}

export const connectionMigrations: (new () => MigrationInterface)[] = [CreateConnection1767600020000];
