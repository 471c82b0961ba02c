import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateMessengerTables1767620000000 implements MigrationInterface {
  readonly name = 'CreateMessengerTables1767620000000';

  async up(runner: QueryRunner): Promise<void> {
    // No foreign keys: whoever writes what belongs to a conversation holds its row lock.
    await runner.query(`
      CREATE TABLE messenger_threads (
        conversation_id uuid PRIMARY KEY,
        last_user_action_at timestamptz,
        delivered_until timestamptz,
        seen_until timestamptz
      ) WITH (fillfactor = 70)`);
    await runner.query(`
      CREATE TABLE messenger_messages (
        conversation_id uuid NOT NULL,
        message_id uuid NOT NULL,
        author jsonb NOT NULL,
        epoch integer NOT NULL,
        withdrawable boolean NOT NULL,
        status text NOT NULL DEFAULT 'open' CHECK (status IN ('open', 'sent', 'delivered', 'seen', 'superseded', 'failed')),
        planned_at timestamptz NOT NULL,
        PRIMARY KEY (conversation_id, message_id)
      ) WITH (fillfactor = 80)`);
    await runner.query(
      `CREATE INDEX messenger_messages_under_way ON messenger_messages (conversation_id) WHERE status NOT IN ('seen', 'superseded')`,
    );
    await runner.query(`CREATE INDEX messenger_messages_planned ON messenger_messages USING brin (planned_at)`);
    await runner.query(`
      CREATE TABLE messenger_parts (
        conversation_id uuid NOT NULL,
        message_id uuid NOT NULL,
        part integer NOT NULL,
        seq integer NOT NULL,
        content jsonb,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'sent', 'failed')),
        failure text,
        asked_at timestamptz,
        mid text,
        sent_at timestamptz,
        delivered boolean NOT NULL DEFAULT false,
        PRIMARY KEY (conversation_id, message_id, part)
      ) WITH (fillfactor = 80)`);
    await runner.query(`CREATE INDEX messenger_parts_mid ON messenger_parts (conversation_id, mid) WHERE mid IS NOT NULL`);
    await runner.query(`
      CREATE TABLE messenger_elsewhere (
        conversation_id uuid NOT NULL,
        mid text NOT NULL,
        noted_at timestamptz NOT NULL,
        PRIMARY KEY (conversation_id, mid)
      )`);
    await runner.query(`CREATE INDEX messenger_elsewhere_noted ON messenger_elsewhere USING brin (noted_at)`);
    await runner.query(`
      CREATE TABLE messenger_pages (
        page_id text PRIMARY KEY,
        stopped_at timestamptz,
        reason text,
        token_mark text,
        probed_at timestamptz,
        slow_until timestamptz
      )`);
    await runner.query(`
      CREATE TABLE messenger_personas (
        page_id text NOT NULL,
        name text NOT NULL,
        avatar text NOT NULL,
        persona_id text,
        tried_at timestamptz NOT NULL,
        PRIMARY KEY (page_id, name, avatar)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    const tables = ['personas', 'pages', 'elsewhere', 'parts', 'messages', 'threads'];
    for (const table of tables) await runner.query(`DROP TABLE messenger_${table}`);
  }
}
