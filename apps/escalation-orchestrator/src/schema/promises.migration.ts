import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What was promised to visitors, and how it ended. Written with the decision that made or ended it. */
export class Promises1767571380000 implements MigrationInterface {
  readonly name = 'Promises1767571380000';

  async up(runner: QueryRunner): Promise<void> {
    // `text` is what the visitor was told: ours, or the bot's line. It goes with the conversation.
    await runner.query(`
      CREATE TABLE promises (
        id uuid PRIMARY KEY,
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        bot_id text NOT NULL,
        handover_id uuid,
        kind text NOT NULL,
        message_id uuid NOT NULL,
        text text,
        made_at timestamptz NOT NULL,
        due_at timestamptz NOT NULL,
        warned_at timestamptz,
        ended_at timestamptz,
        ended text
      )`);
    await runner.query('CREATE INDEX promises_open ON promises (due_at) WHERE ended_at IS NULL');
    await runner.query('CREATE INDEX promises_ended ON promises (ended_at) WHERE ended_at IS NOT NULL');
    await runner.query('CREATE INDEX promises_bot ON promises (bot_id, made_at DESC, id DESC)');
    await runner.query('CREATE INDEX promises_conversation ON promises (conversation_id)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE promises');
  }
}
