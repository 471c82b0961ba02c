import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which version is on the topic, to which one a rollback went back, and what the settings file said last. */
export class History1790000210000 implements MigrationInterface {
  readonly name = 'History1790000210000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE documents ADD published_version integer');
    await runner.query('ALTER TABLE document_versions ADD restored integer');
    await runner.query('ALTER TABLE file_entries DROP hash, ADD body jsonb');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query("ALTER TABLE file_entries DROP body, ADD hash text NOT NULL DEFAULT ''");
    await runner.query('ALTER TABLE document_versions DROP restored');
    await runner.query('ALTER TABLE documents DROP published_version');
  }
}
