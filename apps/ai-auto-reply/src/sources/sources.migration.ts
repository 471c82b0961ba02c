import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Where the knowledge of bots comes from, and how far it was taken in. */
class CreateSources1767690120000 implements MigrationInterface {
  readonly name = 'CreateSources1767690120000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE sources (
        id uuid PRIMARY KEY,
        workspace_id text NOT NULL,
        bot_id text NOT NULL,
        kind text NOT NULL CHECK (kind IN ('text', 'markdown', 'pairs', 'file', 'page', 'sitemap')),
        title text NOT NULL,
        url text,
        file_name text,
        content bytea,
        bytes integer NOT NULL DEFAULT 0,
        web jsonb,
        enabled boolean NOT NULL DEFAULT true,
        state text NOT NULL CHECK (state IN ('queued', 'running', 'ready', 'partial', 'failed')),
        progress jsonb NOT NULL,
        problems jsonb NOT NULL DEFAULT '[]',
        problem_count integer NOT NULL DEFAULT 0,
        version integer NOT NULL DEFAULT 0,
        content_hash text,
        every_hours integer,
        due_at timestamptz,
        -- Rises with everything that makes a run under way pointless.
        run integer NOT NULL DEFAULT 1,
        tries integer NOT NULL DEFAULT 0,
        lease_by uuid,
        lease_until timestamptz,
        client_key text,
        request_hash text,
        -- It is being taken away: nobody sees it any more.
        deleted_at timestamptz,
        created_at timestamptz NOT NULL,
        updated_at timestamptz NOT NULL,
        taken_in_at timestamptz,
        CHECK ((kind IN ('page', 'sitemap')) = (web IS NOT NULL)),
        CHECK ((kind IN ('page', 'sitemap')) = (content IS NULL))
      )`);
    // Files are packed already, and read as a whole.
    await runner.query('ALTER TABLE sources ALTER content SET STORAGE EXTERNAL');
    await runner.query('CREATE INDEX sources_bot ON sources (workspace_id, bot_id, created_at)');
    await runner.query('CREATE UNIQUE INDEX sources_key ON sources (workspace_id, bot_id, client_key) WHERE client_key IS NOT NULL');
    await runner.query('CREATE INDEX sources_due ON sources (due_at) WHERE due_at IS NOT NULL');
    await runner.query('CREATE INDEX sources_deleted ON sources (deleted_at) WHERE deleted_at IS NOT NULL');
    // What each page of a source gave when it was last read: a run that was broken off goes on from here, and what did not change is kept.
    await runner.query(`
      CREATE TABLE source_pages (
        source_id uuid NOT NULL REFERENCES sources (id) ON DELETE CASCADE,
        url text NOT NULL,
        place integer NOT NULL,
        run integer NOT NULL,
        done boolean NOT NULL DEFAULT false,
        final_url text,
        etag text,
        last_modified text,
        chunks jsonb,
        problems jsonb NOT NULL DEFAULT '[]',
        PRIMARY KEY (source_id, url)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE source_pages');
    await runner.query('DROP TABLE sources');
  }
}

/** Vectors of one model cannot be compared with those of another. */
class AddSourceModel1767690130000 implements MigrationInterface {
  readonly name = 'AddSourceModel1767690130000';

  async up(runner: QueryRunner): Promise<void> {
    // The model whose vectors its chunks have.
    await runner.query('ALTER TABLE sources ADD model text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE sources DROP model');
  }
}

/** Bots whose sources are here and that the settings do not know any more. */
class CreateGoneBots1767690140000 implements MigrationInterface {
  readonly name = 'CreateGoneBots1767690140000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE gone_bots (
        workspace_id text NOT NULL,
        bot_id text NOT NULL,
        -- On so many days it was missed, the newest of them this one.
        days integer NOT NULL,
        day date NOT NULL,
        PRIMARY KEY (workspace_id, bot_id)
      )`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE gone_bots');
  }
}

export const sourcesMigrations: (new () => MigrationInterface)[] = [
  CreateSources1767690120000,
  AddSourceModel1767690130000,
  CreateGoneBots1767690140000,
];
