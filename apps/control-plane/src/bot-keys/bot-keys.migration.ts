import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the keys of bots are called; the keys themselves stand in the documents, as hashes. */
export class BotKeys1790000310000 implements MigrationInterface {
  readonly name = 'BotKeys1790000310000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE bot_keys (
        bot_id text NOT NULL,
        hash text NOT NULL,
        name text NOT NULL,
        created_at timestamptz NOT NULL,
        created_by jsonb NOT NULL,
        PRIMARY KEY (bot_id, hash)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE bot_keys');
  }
}
