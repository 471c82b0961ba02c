import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Why a conversation went as it did, and what is needed to show it: see `judge/decision-record.ts`. */
export class Decisions1790000700000 implements MigrationInterface {
  readonly name = 'Decisions1790000700000';

  async up(runner: QueryRunner): Promise<void> {
    // Appended only, under the lock of the conversation's row: inside one conversation `position` rises in the order of the decisions.
    await runner.query(`
      CREATE TABLE decisions (
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        position bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        fact text NOT NULL,
        floor_before text NOT NULL,
        floor_after text NOT NULL,
        epoch_before integer NOT NULL,
        epoch_after integer NOT NULL,
        handover_id uuid,
        trace_id text,
        detail jsonb NOT NULL,
        PRIMARY KEY (conversation_id, position)
      )`);
    await runner.query('CREATE INDEX decisions_at ON decisions (at)');
    // Neither of them changes with a fact, and a summarising index does not keep an update out of its page: facts cost what they did.
    await runner.query('CREATE INDEX conversations_bot ON conversations (bot_id)');
    await runner.query('CREATE INDEX conversations_updated ON conversations USING brin (updated_at)');
    await runner.query('CREATE INDEX effects_of_lane ON effects (lane, position)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const index of ['effects_of_lane', 'conversations_updated', 'conversations_bot']) await runner.query(`DROP INDEX ${index}`);
    await runner.query('DROP TABLE decisions');
  }
}
