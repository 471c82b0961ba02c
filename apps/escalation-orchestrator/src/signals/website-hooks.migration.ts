import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When a website's web hooks last came, and when something was last found that none had told. */
export class WebsiteHooks1790000510000 implements MigrationInterface {
  readonly name = 'WebsiteHooks1790000510000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE website_hooks (
        website_id text PRIMARY KEY,
        last_hook_at timestamptz,
        last_missed_at timestamptz,
        missed bigint NOT NULL DEFAULT 0
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE website_hooks');
  }
}
