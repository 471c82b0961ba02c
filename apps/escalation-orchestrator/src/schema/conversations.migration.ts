import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Conversations, their transcripts, and what is known of their side in Crisp. */
export class Conversations1767571200000 implements MigrationInterface {
  readonly name = 'Conversations1767571200000';

  async up(runner: QueryRunner): Promise<void> {
    // One row is one conversation for good; whoever changes anything of it locks this row first. Rewritten with each
    // fact, so pages keep room for the new version (no index needs to be touched then).
    await runner.query(`
      CREATE TABLE conversations (
        id uuid PRIMARY KEY,
        bot_id text NOT NULL,
        channel text NOT NULL,
        address text NOT NULL,
        floor text NOT NULL,
        epoch integer NOT NULL,
        next_timer_at timestamptz,
        state jsonb NOT NULL,
        created_at timestamptz NOT NULL DEFAULT now(),
        updated_at timestamptz NOT NULL DEFAULT now()
      ) WITH (fillfactor = 60)`);
    await runner.query('CREATE INDEX conversations_due ON conversations (next_timer_at) WHERE next_timer_at IS NOT NULL');
    // A line whose body is null was taken back by its author. Lines and Crisp messages are only ever written under the lock
    // of their conversation's row, so that no foreign key has to be checked for each of them.
    await runner.query(`
      CREATE TABLE transcript_lines (
        conversation_id uuid NOT NULL,
        position integer NOT NULL,
        message_id uuid NOT NULL,
        author jsonb NOT NULL,
        body jsonb,
        at timestamptz NOT NULL,
        handover_id uuid,
        via text,
        status text,
        edited_at timestamptz,
        removed_at timestamptz,
        crisp_session_id text,
        crisp_fingerprint bigint,
        crisp_marked text,
        PRIMARY KEY (conversation_id, position)
      )`);
    // What became of a line only moves forward: a receipt that comes late or twice changes nothing.
    await runner.query(`
      CREATE FUNCTION line_status_rank(status text) RETURNS integer LANGUAGE sql IMMUTABLE PARALLEL SAFE
      RETURN CASE status WHEN 'failed' THEN 1 WHEN 'superseded' THEN 2 WHEN 'delivered' THEN 3 WHEN 'seen' THEN 4 ELSE 0 END`);
    await runner.query('CREATE UNIQUE INDEX transcript_lines_message ON transcript_lines (conversation_id, message_id)');
    await runner.query(`
      CREATE TABLE prior_lines (
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        position integer NOT NULL,
        speaker text NOT NULL,
        text text NOT NULL,
        at timestamptz,
        PRIMARY KEY (conversation_id, position)
      )`);
    // What is known of a message in Crisp: ours (the fingerprint was chosen and stored before the call), an agent's or
    // the visitor's there (then with our message id), or only an edit or removal that came before its message.
    await runner.query(`
      CREATE TABLE crisp_messages (
        conversation_id uuid NOT NULL,
        fingerprint bigint NOT NULL,
        ours boolean NOT NULL,
        message_id uuid,
        pending jsonb,
        content_at bigint NOT NULL DEFAULT 0,
        removed boolean NOT NULL DEFAULT false,
        noted_at timestamptz NOT NULL DEFAULT now(),
        PRIMARY KEY (conversation_id, fingerprint)
      )`);
    // Each session belongs to one conversation for good. It is watched for web hooks that never came while its episode is
    // open (watched_until is null) and for a while after.
    await runner.query(`
      CREATE TABLE crisp_sessions (
        session_id text PRIMARY KEY,
        website_id uuid NOT NULL,
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        bot_id text NOT NULL,
        handover_id uuid NOT NULL,
        opened_at timestamptz NOT NULL DEFAULT now(),
        watched_until timestamptz,
        read_at_change bigint,
        read_again boolean NOT NULL DEFAULT true,
        state_set text,
        state_set_from timestamptz,
        state_set_until timestamptz
      )`);
    await runner.query('CREATE INDEX crisp_sessions_watched ON crisp_sessions (website_id, watched_until)');
    await runner.query('CREATE INDEX crisp_sessions_conversation ON crisp_sessions (conversation_id)');
    // Who looks for missed web hooks of a website at this moment, and the last change in Crisp that was seen (ms, its clock).
    await runner.query(`
      CREATE TABLE catch_ups (
        website_id uuid PRIMARY KEY,
        leased_by text NOT NULL,
        leased_until timestamptz NOT NULL,
        began_at timestamptz NOT NULL,
        listed_up_to bigint
      )`);
    await runner.query(`
      CREATE TABLE handovers (
        id uuid PRIMARY KEY,
        conversation_id uuid NOT NULL REFERENCES conversations ON DELETE CASCADE,
        bot_id text NOT NULL,
        number integer NOT NULL,
        requested_by text NOT NULL,
        category text,
        reason text,
        requested_at timestamptz NOT NULL,
        accepted_at timestamptz,
        connected_at timestamptz,
        agent_name text,
        ended_at timestamptz,
        outcome text,
        outcome_detail text,
        website_id uuid,
        crisp_session_id text
      )`);
    await runner.query('CREATE INDEX handovers_conversation ON handovers (conversation_id, number)');
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of [
      'handovers',
      'catch_ups',
      'crisp_sessions',
      'crisp_messages',
      'prior_lines',
      'transcript_lines',
      'conversations',
    ]) {
      await runner.query(`DROP TABLE ${table}`);
    }
    await runner.query('DROP FUNCTION line_status_rank');
  }
}
