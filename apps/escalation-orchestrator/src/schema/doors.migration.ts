import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What the HTTP doors keep: links to histories, who read them, and requests that were answered. */
export class Doors1767571260000 implements MigrationInterface {
  readonly name = 'Doors1767571260000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE history_links (
        id uuid PRIMARY KEY,
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        handover_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        expires_at timestamptz NOT NULL,
        revoked_at timestamptz
      )`);
    await runner.query('CREATE INDEX history_links_conversation ON history_links (conversation_id)');
    await runner.query(`
      CREATE TABLE history_accesses (
        id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        link_id uuid NOT NULL REFERENCES history_links ON DELETE CASCADE,
        at timestamptz NOT NULL DEFAULT now(),
        answer text NOT NULL,
        network text
      )`);
    await runner.query('CREATE INDEX history_accesses_link ON history_accesses (link_id, at)');
    await runner.query(`
      CREATE TABLE escalation_requests (
        bot_id text NOT NULL,
        idempotency_key text NOT NULL,
        body_hash text NOT NULL,
        handover_id uuid,
        created_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (bot_id, idempotency_key)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['escalation_requests', 'history_accesses', 'history_links']) await runner.query(`DROP TABLE ${table}`);
  }
}
