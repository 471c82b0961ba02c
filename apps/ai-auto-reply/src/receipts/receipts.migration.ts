import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Answers with what they rest on. */
export class Receipts1767690000000 implements MigrationInterface {
  readonly name = 'Receipts1767690000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE receipts (
        answer_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        bot_id text NOT NULL,
        place text NOT NULL,
        talk_id text NOT NULL,
        epoch integer NOT NULL,
        kind text NOT NULL,
        text text NOT NULL,
        citations jsonb NOT NULL,
        trace jsonb,
        quota_entry_id uuid,
        state text NOT NULL,
        why text,
        -- Whole milliseconds: a place in the list is told by them.
        at timestamptz(3) NOT NULL
      )`);
    await runner.query('CREATE INDEX receipts_bot ON receipts (workspace_id, bot_id, at, answer_id)');
    await runner.query('CREATE INDEX receipts_talk ON receipts (talk_id, at)');
    await runner.query('CREATE INDEX receipts_at ON receipts USING brin (at)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE receipts');
  }
}
