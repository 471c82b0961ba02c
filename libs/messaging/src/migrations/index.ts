import type { MigrationInterface, QueryRunner } from 'typeorm';

class CreateInboxAndOutbox1767600000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE inbox (
        consumer text NOT NULL,
        id text NOT NULL,
        at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (consumer, id)
      )`);
    // Only pruning asks it. No summarising index: emptied pages are filled again, and soon every part of the table would hold rows of all days.
    await runner.query('CREATE INDEX inbox_at ON inbox (at)');
    await runner.query(`
      CREATE TABLE outbox (
        seq bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        key text NOT NULL,
        topic text NOT NULL,
        value text,
        headers text NOT NULL,
        claimed_by text,
        at timestamptz NOT NULL DEFAULT now()
      )`);
    await runner.query('CREATE INDEX outbox_key ON outbox (key, seq)');
    // Every row is deleted within milliseconds: without early vacuuming the table is mostly dead rows.
    await runner.query('ALTER TABLE outbox SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 5000)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE outbox');
    await runner.query('DROP TABLE inbox');
  }
}

/** The tables of inbox and outbox, for the service's own schema. */
export const messagingMigrations: (new () => MigrationInterface)[] = [CreateInboxAndOutbox1767600000000];
