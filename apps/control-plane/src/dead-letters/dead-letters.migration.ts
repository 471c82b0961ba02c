import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Records that a service could not handle, each with what it said, for as long as topics with people's words are kept. */
export class DeadLetters1790000500000 implements MigrationInterface {
  readonly name = 'DeadLetters1790000500000';

  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      CREATE TABLE dead_letters (
        id uuid PRIMARY KEY,
        at timestamptz NOT NULL,
        -- Its own place in the topic of dead letters, as partition:offset.
        place text NOT NULL,
        topic text NOT NULL,
        origin_partition text NOT NULL,
        origin_offset text NOT NULL,
        consumer text NOT NULL,
        reason text NOT NULL,
        error text NOT NULL,
        key bytea,
        -- Pairs of name and value, the value in base64.
        headers jsonb NOT NULL,
        value bytea,
        size integer NOT NULL,
        is_incomplete boolean NOT NULL,
        event_type text,
        bot_id text,
        session_id text,
        conversation_id uuid,
        -- Null where nobody knows whose it is.
        workspace_id text,
        owner_asked smallint NOT NULL DEFAULT 0,
        state text NOT NULL DEFAULT 'open' CHECK (state IN ('open', 'replayed', 'dismissed', 'erased')),
        changed_at timestamptz,
        changed_by jsonb,
        replays integer NOT NULL DEFAULT 0,
        -- Somebody sends it again at this moment.
        claimed_at timestamptz,
        came_back_from uuid
      )`);
    await runner.query('CREATE INDEX dead_letters_list ON dead_letters (at DESC, id DESC)');
    await runner.query('CREATE INDEX dead_letters_place ON dead_letters (place)');
    await runner.query('CREATE INDEX dead_letters_conversation ON dead_letters (conversation_id) WHERE conversation_id IS NOT NULL');
    await runner.query('CREATE INDEX dead_letters_came_back ON dead_letters (came_back_from) WHERE came_back_from IS NOT NULL');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE dead_letters');
  }
}
