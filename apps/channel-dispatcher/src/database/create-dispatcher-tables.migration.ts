import type { MigrationInterface, QueryRunner } from 'typeorm';

export class CreateDispatcherTables1767610000000 implements MigrationInterface {
  readonly name = 'CreateDispatcherTables1767610000000';

  async up(runner: QueryRunner): Promise<void> {
    // A conversation's row changes with every line: room in its page keeps those updates out of the indexes.
    // No foreign keys: whoever writes to the others holds the conversation's row lock, and a check per line would cost as much as the line.
    await runner.query(`
      CREATE TABLE conversations (
        id uuid PRIMARY KEY,
        bot_id text NOT NULL,
        channel text NOT NULL,
        address text NOT NULL,
        next_seq integer NOT NULL DEFAULT 1,
        next_delivery_sequence integer NOT NULL DEFAULT 1,
        epoch integer NOT NULL DEFAULT 0,
        floor text NOT NULL DEFAULT 'bot',
        agent jsonb,
        missing jsonb NOT NULL DEFAULT '[]',
        held integer NOT NULL DEFAULT 0,
        delivered_up_to integer NOT NULL DEFAULT 0,
        seen_up_to integer NOT NULL DEFAULT 0,
        present boolean NOT NULL DEFAULT false,
        left_at timestamptz
      ) WITH (fillfactor = 60)`);
    await runner.query(`CREATE INDEX conversations_left ON conversations (left_at) WHERE left_at IS NOT NULL`);
    await runner.query(`
      CREATE TABLE log (
        conversation_id uuid NOT NULL,
        seq integer NOT NULL,
        kind text NOT NULL,
        message_id uuid,
        author text,
        client_id uuid,
        frame json NOT NULL,
        at timestamptz NOT NULL,
        PRIMARY KEY (conversation_id, seq)
      )`);
    await runner.query(`CREATE UNIQUE INDEX log_message ON log (conversation_id, message_id) WHERE kind = 'message'`);
    await runner.query(`CREATE UNIQUE INDEX log_client_id ON log (conversation_id, client_id) WHERE client_id IS NOT NULL`);
    await runner.query(`
      CREATE TABLE held_deliveries (
        conversation_id uuid NOT NULL,
        delivery_sequence integer NOT NULL,
        delivery json,
        arrived_at timestamptz NOT NULL,
        PRIMARY KEY (conversation_id, delivery_sequence)
      )`);
    await runner.query(`CREATE INDEX held_deliveries_arrived ON held_deliveries (arrived_at)`);
    await runner.query(`CREATE TABLE replicas (instance text PRIMARY KEY, lease_until timestamptz NOT NULL)`);
    await runner.query(`
      CREATE TABLE presence (
        conversation_id uuid NOT NULL,
        instance text NOT NULL,
        PRIMARY KEY (conversation_id, instance)
      )`);
    await runner.query(`CREATE INDEX presence_instance ON presence (instance)`);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['presence', 'replicas', 'held_deliveries', 'log', 'conversations']) await runner.query(`DROP TABLE ${table}`);
  }
}
