import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The conversations in which the assistant is the bot in front. */
class Talks1767711600000 implements MigrationInterface {
  readonly name = 'Talks1767711600000';

  async up(runner: QueryRunner): Promise<void> {
    // One row is one conversation; whoever changes anything of it locks this row first. Rewritten with each turn, so pages keep room.
    await runner.query(`
      CREATE TABLE talks (
        conversation_id uuid PRIMARY KEY,
        bot_id text NOT NULL,
        channel text NOT NULL,
        state jsonb NOT NULL,
        due_at timestamptz,
        leased_by text,
        leased_until timestamptz,
        attempts integer NOT NULL DEFAULT 0,
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 60)`);
    await runner.query('CREATE INDEX talks_due ON talks (due_at) WHERE due_at IS NOT NULL');
    await runner.query('CREATE INDEX talks_updated ON talks USING brin (updated_at)');
    await runner.query("CREATE INDEX receipts_handed_over ON receipts (at) WHERE state = 'planned' AND place <> 'inbox'");
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP INDEX receipts_handed_over');
    await runner.query('DROP TABLE talks');
  }
}

export const botMigrations: (new () => MigrationInterface)[] = [Talks1767711600000];
