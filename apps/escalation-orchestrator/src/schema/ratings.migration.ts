import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What visitors thought of a talk with the bot or with a human: once a stretch, and once by each way they may say so. */
export class Ratings1767571620000 implements MigrationInterface {
  readonly name = 'Ratings1767571620000';

  async up(runner: QueryRunner): Promise<void> {
    // `number` is the handover's, or for a talk with the bot how many handovers were before it. `handover_id` is null for such a talk.
    await runner.query(`
      CREATE TABLE ratings (
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        bot_id text NOT NULL,
        stretch text NOT NULL,
        number integer NOT NULL,
        handover_id uuid,
        stars smallint NOT NULL CHECK (stars BETWEEN 1 AND 5),
        comment text,
        via text NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (conversation_id, stretch, number, via)
      )`);
    await runner.query('CREATE INDEX ratings_handover ON ratings (handover_id) WHERE handover_id IS NOT NULL');
    await runner.query('CREATE INDEX ratings_bot ON ratings (bot_id, at DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE ratings');
  }
}
