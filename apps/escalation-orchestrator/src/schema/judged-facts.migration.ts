import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Everything that was judged, so that it can be judged again by another build: see `judge/recording`. */
export class JudgedFacts1790000900000 implements MigrationInterface {
  readonly name = 'JudgedFacts1790000900000';

  async up(runner: QueryRunner): Promise<void> {
    // Appended only, under the lock of the conversation's row: inside one conversation `position` rises in the order of the judgements.
    // What a topic's record brought is named by its place; `matter` holds only what no record has. `state_before` stands in the first
    // row of a day, and after anything that changed the conversation without being written down here.
    await runner.query(`
      CREATE TABLE judged_facts (
        conversation_id uuid NOT NULL,
        position bigint GENERATED ALWAYS AS IDENTITY,
        at timestamptz NOT NULL,
        topic text,
        topic_partition integer,
        topic_offset bigint,
        matter jsonb,
        knew jsonb,
        policy text,
        decided jsonb NOT NULL,
        state_before jsonb,
        PRIMARY KEY (conversation_id, position)
      )`);
    // No summarising index: pages that were emptied are filled again, and soon every part of the table would hold rows of all days.
    await runner.query('CREATE INDEX judged_facts_at ON judged_facts (at)');
    await runner.query('CREATE TABLE judged_policies (id text NOT NULL, day date NOT NULL, policy jsonb NOT NULL, PRIMARY KEY (id, day))');
    // The transaction that wrote this row last and noted what it judged: where another one wrote it since, the two differ.
    await runner.query('ALTER TABLE conversations ADD COLUMN judged_by xid');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE conversations DROP COLUMN judged_by');
    await runner.query('DROP TABLE judged_policies');
    await runner.query('DROP TABLE judged_facts');
  }
}
