import { randomUUID } from 'node:crypto';
import type { DataSource, EntityManager } from 'typeorm';
import { SharedClock } from './clock.js';
import { Counters, type EffectsObserver } from './counters.js';
import type { EffectKind, EffectPlan } from './effect.js';
import { insertPlans, removeEnded, removePlans } from './store/plan.js';
import { Budgets, type Budget } from './target/budgets.js';
import { TargetHealth, type BreakerOptions } from './target/target-health.js';
import { Worker } from './worker/worker.js';

export interface EffectsOptions {
  readonly dataSource: DataSource;
  /** Shown in `effect_lanes.lease_owner`; each start adds a suffix of its own. */
  readonly instanceId: string;
  readonly kinds: Readonly<Record<string, EffectKind>>;
  /** Calls a second that a target allows, of all replicas together; undefined: as many as come. Asked often, so it must be cheap. */
  readonly budgets?: ((target: string) => Budget | undefined) | undefined;
  /** Attempts at once in this process. Default 256. */
  readonly concurrency?: number | undefined;
  /** Attempts at once per target in this process: what a target that hangs can hold up. Default 32. */
  readonly perTargetConcurrency?: number | undefined;
  /** Default: 5 failed calls in a row, one try after 5 s. */
  readonly breaker?: BreakerOptions | undefined;
  /** A lost worker's lanes are taken over after it. Renewed at thirds. Default 10 s. */
  readonly leaseMs?: number | undefined;
  /** Between two looks for work that nobody woke us for. Default 500 ms. */
  readonly pollMs?: number | undefined;
  /** After it an attempt's signal fires; 5 s later it is given up, in doubt. Default 60 s. */
  readonly attemptTimeoutMs?: number | undefined;
  /** Told what attempts came to. It must not throw. */
  readonly observer?: EffectsObserver | undefined;
  /** Told what the worker survives: Postgres away, a `settled` that threw. */
  readonly onError?: ((error: unknown) => void) | undefined;
  /** Default: the clock of Postgres, so that replicas agree about leases. */
  readonly now?: (() => Date) | undefined;
  readonly random?: (() => number) | undefined;
}

/** Hints of transactions that were rolled back stay behind; so many may. */
const MAX_HINTS = 10_000;

/** Durable work outside: planned in the caller's transaction, carried out after it, one at a time per lane, many lanes at once. */
export class Effects {
  readonly counters = new Counters();
  private readonly health: TargetHealth;
  private readonly worker: Worker;
  private readonly clock: SharedClock;
  /** The targets of lanes that were planned for and not woken yet, and when they are due: hints, so that a wake need not look. */
  private readonly planned = new Map<string, Map<string, number>>();

  constructor(private readonly options: EffectsOptions) {
    this.clock = new SharedClock(options.now);
    this.health = new TargetHealth(options.breaker ?? { failures: 5, halfOpenAfterMs: 5_000 }, options.perTargetConcurrency ?? 32);
    this.worker = new Worker({
      dataSource: options.dataSource,
      owner: `${options.instanceId}:${randomUUID().slice(0, 8)}`,
      kinds: options.kinds,
      budgets: new Budgets(options.budgets ?? (() => undefined)),
      health: this.health,
      counters: this.counters,
      observer: options.observer,
      clock: this.clock,
      random: options.random ?? Math.random,
      concurrency: options.concurrency ?? 256,
      leaseMs: options.leaseMs ?? 10_000,
      pollMs: options.pollMs ?? 500,
      attemptTimeoutMs: options.attemptTimeoutMs ?? 60_000,
      onError: options.onError ?? (() => undefined),
    });
  }

  /** The clock by which effects are due: what is planned for a certain moment is planned by it. */
  get now(): Date {
    return this.clock.now();
  }

  /** Writes effects down, in order, in the caller's transaction. Works without `start`, too. */
  async plan(manager: EntityManager, plans: readonly EffectPlan[]): Promise<void> {
    await insertPlans(manager, plans, this.options.now?.());
    if (this.planned.size > MAX_HINTS) this.planned.clear();
    for (const { lane, target, notBefore } of plans) {
      const targets = this.planned.get(lane) ?? new Map<string, number>();
      this.planned.set(lane, targets.set(target, Math.min(notBefore?.getTime() ?? 0, targets.get(target) ?? Infinity)));
    }
  }

  /** To be called after the commit, with the lanes planned for, so that the work begins at once and not at the next look. */
  wake(lanes: readonly string[] = []): void {
    const due = new Map<string, number>();
    let isKnown = lanes.length > 0;
    for (const lane of lanes) {
      const hint = this.planned.get(lane);
      isKnown &&= hint !== undefined;
      hint?.forEach((at, target) => due.set(target, Math.min(at, due.get(target) ?? Infinity)));
      this.planned.delete(lane);
    }
    this.worker.wake(due);
    if (!isKnown) this.worker.wake('any');
  }

  /**
   * Takes back what of a lane was planned and has not been begun, or surely did not happen yet, and returns how much that was. What is
   * in doubt stays, to be settled. Nobody is told of a cancelled effect.
   */
  cancel(
    manager: EntityManager,
    lane: string,
    which: { readonly kinds?: readonly string[]; readonly ids?: readonly string[] } = {},
  ): Promise<number> {
    return removePlans(manager, lane, which, this.options.now?.());
  }

  /** Deletes ended effects, at most `limit` of them, and returns how many; until then, planning their ids again does nothing. */
  prune(manager: EntityManager, endedBefore: Date, limit = 5_000): Promise<number> {
    return removeEnded(manager, endedBefore, limit);
  }

  /** Targets whose breaker is not closed in this process. */
  get sickTargets(): readonly string[] {
    return this.health.sick;
  }

  /** Attempts under way in this process. */
  get running(): number {
    return this.worker.running;
  }

  start(): void {
    this.worker.start();
  }

  /** Waits for what is under way, then lets it go: other replicas settle what stayed in doubt. */
  stop(withinMs = 2_000): Promise<void> {
    return this.worker.stop(withinMs);
  }

  /** Ends as a killed process does, for tests of what happens then. */
  abandon(): void {
    this.worker.abandon();
  }
}
