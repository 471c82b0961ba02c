import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What is set, each thing one document, with all versions it ever had; and which entries of the settings file were taken over last. */
export class Documents1790000000000 implements MigrationInterface {
  readonly name = 'Documents1790000000000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE documents (
        kind text NOT NULL,
        id text NOT NULL,
        workspace_id text NOT NULL,
        version integer NOT NULL,
        body jsonb,
        changed_at timestamptz NOT NULL,
        changed_by jsonb NOT NULL,
        PRIMARY KEY (kind, id)
      )`);
    await runner.query('CREATE INDEX documents_of_workspace ON documents (workspace_id, kind)');
    await runner.query(`
      CREATE TABLE document_versions (
        kind text NOT NULL,
        id text NOT NULL,
        version integer NOT NULL,
        workspace_id text NOT NULL,
        body jsonb,
        cause text NOT NULL,
        changed_at timestamptz NOT NULL,
        changed_by jsonb NOT NULL,
        PRIMARY KEY (kind, id, version)
      )`);
    await runner.query('CREATE INDEX document_versions_of_workspace ON document_versions (workspace_id, changed_at DESC)');
    await runner.query('CREATE TABLE file_entries (kind text NOT NULL, id text NOT NULL, hash text NOT NULL, PRIMARY KEY (kind, id))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE file_entries');
    await runner.query('DROP TABLE document_versions');
    await runner.query('DROP TABLE documents');
  }
}
