import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Who did what. */
export class Audit1790000200000 implements MigrationInterface {
  readonly name = 'Audit1790000200000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE audit (
        entry_id uuid PRIMARY KEY,
        at timestamptz(3) NOT NULL,
        workspace_id text NOT NULL,
        author jsonb NOT NULL,
        action text NOT NULL,
        target jsonb NOT NULL,
        details jsonb NOT NULL,
        address text
      )`);
    await runner.query('CREATE INDEX audit_of_workspace ON audit (workspace_id, at DESC, entry_id DESC)');
    await runner.query('CREATE INDEX audit_by_time ON audit (at DESC, entry_id DESC)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE audit');
  }
}
