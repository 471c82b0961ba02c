import type { MigrationInterface, QueryRunner } from 'typeorm';
import { CreateConnections1767600030000 } from './connections.migration.js';

/** A connection is part of its bot's document; beside it stands when old secrets of web hooks end, and what the last check found. */
export class Connect1790000300000 implements MigrationInterface {
  readonly name = 'Connect1790000300000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE crisp_connections');
    await runner.query(`
      CREATE TABLE hook_secret_ends (
        bot_id text NOT NULL,
        secret_hash text NOT NULL,
        ends_at timestamptz NOT NULL,
        PRIMARY KEY (bot_id, secret_hash)
      )`);
    await runner.query(`
      CREATE TABLE crisp_checks (
        bot_id text PRIMARY KEY,
        connection text NOT NULL,
        at timestamptz NOT NULL,
        findings jsonb NOT NULL
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE crisp_checks');
    await runner.query('DROP TABLE hook_secret_ends');
    await new CreateConnections1767600030000().up(runner);
  }
}
