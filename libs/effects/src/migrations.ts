import type { MigrationInterface, QueryRunner } from 'typeorm';

class CreateEffects1767600001000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    // An open effect has no end yet; `state` is not part of any index, so that beginning one touches none of them.
    await runner.query(`
      CREATE TABLE effects (
        position bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        id uuid NOT NULL UNIQUE,
        lane text NOT NULL,
        target text NOT NULL,
        kind text NOT NULL,
        payload jsonb NOT NULL,
        on_doubt text NOT NULL CHECK (on_doubt IN ('repeat', 'drop')),
        budget smallint NOT NULL,
        deadline timestamptz,
        not_before timestamptz,
        state text NOT NULL DEFAULT 'planned' CHECK (state IN ('planned', 'in-doubt', 'done', 'refused')),
        in_doubt boolean NOT NULL DEFAULT false,
        attempts integer NOT NULL DEFAULT 0,
        reason text,
        outcome jsonb,
        planned_at timestamptz NOT NULL,
        begun_at timestamptz,
        ended_at timestamptz
      ) WITH (fillfactor = 80)`);
    await runner.query('CREATE INDEX effects_open ON effects (lane, position) WHERE ended_at IS NULL');
    await runner.query('CREATE INDEX effects_ended ON effects (ended_at) WHERE ended_at IS NOT NULL');
    await runner.query(`
      CREATE TABLE effect_lanes (
        lane text PRIMARY KEY,
        target text NOT NULL,
        budget smallint NOT NULL,
        next_at timestamptz NOT NULL,
        deadline timestamptz,
        lease_owner text,
        plans bigint NOT NULL DEFAULT 0
      ) WITH (fillfactor = 70)`);
    await runner.query('CREATE INDEX effect_lanes_due ON effect_lanes (target, budget, next_at)');
    await runner.query('CREATE INDEX effect_lanes_deadline ON effect_lanes (deadline) WHERE deadline IS NOT NULL');
    await runner.query(`
      CREATE TABLE effect_budgets (
        target text PRIMARY KEY,
        tokens double precision NOT NULL,
        at timestamptz NOT NULL
      )`);
    // Rows here live for milliseconds and are rewritten often: without early vacuuming the tables are mostly dead rows.
    await runner.query(
      'ALTER TABLE effect_lanes SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_analyze_scale_factor = 0, autovacuum_analyze_threshold = 2000)',
    );
    await runner.query('ALTER TABLE effect_budgets SET (autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 500)');
    await runner.query('ALTER TABLE effects SET (autovacuum_vacuum_scale_factor = 0.05, autovacuum_vacuum_threshold = 5000)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE effect_budgets');
    await runner.query('DROP TABLE effect_lanes');
    await runner.query('DROP TABLE effects');
  }
}

/** What a row was planned in, for traces. Rows without it, also those that an earlier version still writes, begin one of their own. */
class TraceEffects1790000800000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE effects ADD COLUMN traceparent text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('ALTER TABLE effects DROP COLUMN traceparent');
  }
}

/** The tables of the effects, for the service's own schema. */
export const effectsMigrations: (new () => MigrationInterface)[] = [CreateEffects1767600001000, TraceEffects1790000800000];
