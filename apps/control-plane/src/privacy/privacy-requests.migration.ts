import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What owners asked to be exported or erased, and how far it is. By what the person is known is not among it. */
export class PrivacyRequests1790000600000 implements MigrationInterface {
  readonly name = 'PrivacyRequests1790000600000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE privacy_requests (
        request_id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        kind text NOT NULL,
        author jsonb NOT NULL,
        subjects jsonb NOT NULL,
        at_crisp boolean NOT NULL,
        steps jsonb NOT NULL,
        crisp jsonb NOT NULL DEFAULT '[]',
        result jsonb,
        created_at timestamptz NOT NULL,
        ended_at timestamptz,
        next_at timestamptz,
        result_until timestamptz
      )`);
    await runner.query('CREATE INDEX privacy_requests_of_workspace ON privacy_requests (workspace_id, created_at DESC)');
    await runner.query('CREATE INDEX privacy_requests_to_do ON privacy_requests (next_at) WHERE next_at IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE privacy_requests');
  }
}
