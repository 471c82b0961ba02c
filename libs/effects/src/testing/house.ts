import { createDataSource, runMigrations } from '@baton/persistence';
import { freshDatabase } from '@baton/testing';
import type { DataSource } from 'typeorm';
import type { EffectKind, EffectPlan } from '../effect.js';
import { Effects, type EffectsOptions } from '../effects.js';
import { effectsMigrations } from '../migrations.js';

/** A database of its own, and replicas on it. */
export interface House {
  readonly dataSource: DataSource;
  /** What a replica has to survive fails the test, unless the test listens to it by an `onError` of its own. */
  replica(options: Partial<EffectsOptions> & Pick<EffectsOptions, 'kinds'>): Effects;
  /** Plans in a transaction of its own, and wakes. */
  plan(by: Effects, ...plans: EffectPlan[]): Promise<void>;
  /** How many effects are open. */
  open(): Promise<number>;
  /** The states of all effects, in order. */
  states(): Promise<{ lane: string; kind: string; state: string; reason: string | null; attempts: number }[]>;
  lanes(): Promise<number>;
  close(): Promise<void>;
}

export async function openHouse(): Promise<House> {
  const url = process.env['DATABASE_URL'];
  if (url === undefined) throw new Error('DATABASE_URL is not set: run through npm test, or name a Postgres');
  const database = await freshDatabase(url, 'effects_test');
  const options = { url: database.url, schema: 'effects_test', applicationName: 'effects-test', migrations: effectsMigrations };
  await runMigrations(options);
  const dataSource = createDataSource({ ...options, poolSize: 12 });
  await dataSource.initialize();
  const replicas: Effects[] = [];
  const unexpected: unknown[] = [];
  const onError = (error: unknown): void => void unexpected.push(error);
  return {
    dataSource,
    replica: (given) => {
      const effects = new Effects({ dataSource, instanceId: `replica-${replicas.length + 1}`, pollMs: 50, onError, ...given });
      replicas.push(effects);
      return effects;
    },
    plan: async (by, ...plans) => {
      await dataSource.transaction((manager) => by.plan(manager, plans));
      by.wake(plans.map(({ lane }) => lane));
    },
    open: async () => countOf(await dataSource.query('SELECT count(*)::integer AS n FROM effects WHERE ended_at IS NULL')),
    states: () => dataSource.query('SELECT lane, kind, state, reason, attempts FROM effects ORDER BY position'),
    lanes: async () => countOf(await dataSource.query('SELECT count(*)::integer AS n FROM effect_lanes')),
    close: async () => {
      await Promise.all(replicas.map((replica) => replica.stop(0)));
      await dataSource.destroy();
      await database.drop();
      if (unexpected.length > 0) throw new AggregateError(unexpected, 'the effects had to survive what nobody expected');
    },
  };
}

function countOf(rows: { n: number }[]): number {
  return rows[0]?.n ?? 0;
}

/** A plan with what a test does not care for filled in. */
export function aPlan(plan: Partial<EffectPlan> = {}): EffectPlan {
  return { lane: 'lane', target: 'target', kind: 'act', payload: null, onDoubt: 'repeat', ...plan };
}

/** A kind that does what a function says. */
export function aKind(perform: EffectKind['perform'], rest: Omit<EffectKind, 'perform'> = {}): EffectKind {
  return { perform, ...rest };
}
