import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { attempt, type AttemptTools } from '../attempt/attempt.js';
import type { Counters, EffectsObserver } from '../counters.js';
import type { SharedClock } from '../clock.js';
import type { EffectKind } from '../effect.js';
import type { BegunEffect } from '../store/begun.js';
import { claimLanes, targetsWithWork } from '../store/claim.js';
import { renewLeases, settleAttempts, type Settled } from '../store/settle.js';
import type { Budgets } from '../target/budgets.js';
import type { TargetHealth } from '../target/target-health.js';
import { traceAttempt } from '../tracing/attempt-span.js';
import { Returns } from './returns.js';
import { shareOut } from './share-out.js';
import { Settler } from './settler.js';
import type { Held } from './held.js';

/** Effects past their deadline are refused though their target is sick; so many a look. */
const EXPIRED_AT_ONCE = 32;
/** A lane that could not be begun, because somebody is just planning or taking back, is due again after it. */
const UNFIT_PAUSE_MS = 10;
/** A stop waits so long for those who plan for the lanes that it gives back; after it, the leases run out. */
const RETURN_LIMIT_MS = 500;
/** After Postgres failed: not at once again. */
const PAUSE_AFTER_ERROR_MS = 250;
/** Clocks drift; once a minute is plenty. */
const ADJUST_CLOCK_MS = 60_000;

export interface WorkerTools {
  readonly dataSource: DataSource;
  readonly owner: string;
  readonly kinds: Readonly<Record<string, EffectKind>>;
  readonly budgets: Budgets;
  readonly health: TargetHealth;
  readonly counters: Counters;
  readonly observer: EffectsObserver | undefined;
  readonly clock: SharedClock;
  readonly random: () => number;
  readonly concurrency: number;
  readonly leaseMs: number;
  readonly pollMs: number;
  readonly attemptTimeoutMs: number;
  readonly onError: (error: unknown) => void;
}

/** Takes due lanes, carries out their effects side by side, and gives the lanes back. One per process. */
export class Worker {
  private readonly held = new Map<string, Held>();
  /** Targets that may have due lanes, and from when on (milliseconds). */
  private readonly due = new Map<string, number>();
  private readonly settler: Settler;
  private readonly returns: Returns;
  private readonly attempts: AttemptTools;
  private timer: NodeJS.Timeout | undefined;
  private renewal: NodeJS.Timeout | undefined;
  private round: Promise<void> | undefined;
  private isWanted = false;
  private nextLook = 0;
  private nextAdjustment = 0;
  private state: 'idle' | 'running' | 'stopped' = 'idle';

  constructor(private readonly tools: WorkerTools) {
    const { dataSource, owner, kinds, counters, observer, clock, random, leaseMs, health, budgets, onError } = tools;
    this.attempts = {
      kinds,
      counters,
      observer,
      random,
      now: clock.now,
      timeoutMs: tools.attemptTimeoutMs,
      guarded: (target, call) => health.guarded(target, call),
    };
    this.settler = new Settler({
      dataSource,
      owner,
      kinds,
      counters,
      observer,
      random,
      leaseMs,
      onError,
      now: clock.now,
      reserve: ({ target }) => this.state === 'running' && health.isWell(target) && budgets.spend(target, clock.now().getTime()),
      giveBack: ({ target }) => budgets.giveBack(target),
      settled: (held, result) => this.onSettled(held, result),
    });
    this.returns = new Returns({ release: (lanes) => this.release(lanes), isHeld: (lane) => this.held.has(lane), onError });
  }

  get running(): number {
    return this.held.size;
  }

  start(): void {
    if (this.state !== 'idle') return;
    this.state = 'running';
    this.renewal = setInterval(() => void this.renew(), this.tools.leaseMs / 3);
    this.wake();
  }

  /** Work was committed, perhaps for these targets, due from these times on; `any`: for whichever. */
  wake(due: ReadonlyMap<string, number> | 'any' = new Map()): void {
    if (due === 'any') this.nextLook = 0;
    else for (const [target, at] of due) this.dueAt(target, at);
    if (this.state !== 'running') return;
    this.isWanted = true;
    this.round ??= this.rounds().finally(() => {
      this.round = undefined;
      if (this.isWanted) this.wake();
      else this.sleep();
    });
  }

  /** Begins nothing more, waits for what is under way up to `withinMs`, and gives every lane back. For good. */
  async stop(withinMs: number): Promise<void> {
    if (this.state !== 'running') return;
    this.state = 'stopped';
    clearTimeout(this.timer);
    await this.round;
    await this.emptied(withinMs);
    for (const { abort } of this.held.values()) abort.abort();
    await this.emptied(1_000);
    clearInterval(this.renewal);
    // What could not be written by now is told by whoever takes the lane next.
    this.settler.abandon();
    this.returns.add(this.held.keys());
    this.held.clear();
    await this.returns.end(RETURN_LIMIT_MS);
  }

  /** Ends as a killed process does, for tests: nothing is written any more, nothing given back. */
  abandon(): void {
    this.state = 'stopped';
    clearTimeout(this.timer);
    clearInterval(this.renewal);
    this.returns.abandon();
    this.settler.abandon();
    for (const { abort } of this.held.values()) abort.abort();
    this.held.clear();
  }

  private async rounds(): Promise<void> {
    // What was committed within this turn of the loop is one round's.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.isWanted && this.state === 'running') {
      this.isWanted = false;
      try {
        await this.look();
        await this.claim();
      } catch (error) {
        this.tools.onError(error);
        this.isWanted = false;
        this.nextLook = this.nowMs() + PAUSE_AFTER_ERROR_MS;
      }
    }
  }

  /** The net: every so often, which targets have due lanes, whoever planned them. */
  private async look(): Promise<void> {
    const { dataSource, clock, counters, pollMs, budgets } = this.tools;
    if (this.nowMs() >= this.nextAdjustment) {
      await clock.adjust(dataSource);
      this.nextAdjustment = this.nowMs() + ADJUST_CLOCK_MS;
      budgets.forget(this.nowMs());
    }
    if (this.nowMs() < this.nextLook) return;
    this.nextLook = this.nowMs() + pollMs;
    counters.statements += 1;
    const found = await targetsWithWork(dataSource);
    for (const [target, at] of found) this.due.set(target, Math.min(at.getTime(), this.due.get(target) ?? Infinity));
    await this.claimExpired();
  }

  /** Deadlines hold for a sick target and for a short budget, too: somebody waits for the answer. */
  private async claimExpired(): Promise<void> {
    const now = this.nowMs();
    const isBehind = this.tools.health.sick.length > 0 || [...this.due.values()].some((at) => at <= now);
    const places = Math.min(EXPIRED_AT_ONCE, Math.floor(this.tools.concurrency / 2) - this.held.size);
    if (isBehind && places > 0) await this.take(new Map(), places);
  }

  private async claim(): Promise<void> {
    const { budgets, health, concurrency, dataSource, clock, counters } = this.tools;
    const now = clock.now();
    const ms = now.getTime();
    const ready = [...this.due].filter(([, at]) => at <= ms).map(([target]) => target);
    const room = shareOut(concurrency - this.held.size, ready, (target) => health.room(target));
    if (room.size === 0) return;
    if (await budgets.fetch(dataSource, room, now)) counters.statements += 1;
    const caps = shareOut(concurrency - this.held.size, [...room.keys()], (target) =>
      Math.min(health.room(target), Math.floor(budgets.available(target, ms))),
    );
    if (caps.size > 0) await this.take(caps, 0);
  }

  private async take(caps: ReadonlyMap<string, number>, expired: number): Promise<void> {
    const { dataSource, owner, leaseMs, clock, counters, budgets } = this.tools;
    const now = clock.now();
    // What is planned while the statement runs must not be forgotten by what the statement did not see.
    for (const target of caps.keys()) {
      // Times of the database come cut to milliseconds: what falls due within this very one may be too early for the statement.
      if (this.due.get(target) === now.getTime()) this.due.set(target, now.getTime() + 1);
      else this.due.delete(target);
    }
    counters.statements += 1;
    let claimed;
    try {
      claimed = await claimLanes(dataSource, { owner, now, leaseUntil: new Date(now.getTime() + leaseMs), caps, expired });
    } catch (error) {
      for (const target of caps.keys()) this.due.set(target, now.getTime() + PAUSE_AFTER_ERROR_MS);
      throw error;
    }
    const taken = new Map<string, number>();
    const unfit: string[] = [];
    for (const { lane, target, effect } of claimed) {
      taken.set(target, (taken.get(target) ?? 0) + 1);
      if (effect === undefined) {
        unfit.push(lane);
        continue;
      }
      if (caps.has(target)) budgets.spend(target, now.getTime());
      this.begin(lane, effect);
    }
    for (const [target, cap] of caps) if ((taken.get(target) ?? 0) >= cap) this.dueAt(target, 0);
    if (unfit.length === 0) return;
    this.returns.add(unfit);
    await this.returns.give();
  }

  private begin(lane: string, begun: BegunEffect): void {
    const { health, counters } = this.tools;
    const { effect, run } = traceAttempt(begun);
    // A lane comes twice when its lease was lost unnoticed: the earlier attempt counts no more.
    this.drop(lane);
    this.returns.remove(lane);
    const held: Held = { lane, target: effect.target, effect, abort: new AbortController() };
    this.held.set(lane, held);
    health.begin(effect.target);
    counters.attempts += 1;
    void run(() => attempt(effect, held.abort.signal, this.attempts)).then((verdict) => {
      if (this.held.get(lane) === held) this.settler.add({ held, verdict, failures: 0 });
      else this.settler.tooLate(held, verdict);
    }, this.tools.onError);
  }

  private onSettled(held: Held, result: Settled): void {
    const { counters, health } = this.tools;
    if (this.held.get(held.lane) !== held) return;
    this.held.delete(held.lane);
    health.end(held.target);
    if (result.is === 'lost') counters.leasesLost += 1;
    if (result.is === 'written') {
      if (result.next !== undefined) this.begin(held.lane, result.next);
      else if (result.freeAt !== undefined && result.freeTarget !== undefined) this.dueAt(result.freeTarget, result.freeAt.getTime());
    }
    if (this.due.size > 0) this.wake();
  }

  private drop(lane: string): void {
    const held = this.held.get(lane);
    if (held === undefined) return;
    held.abort.abort();
    this.held.delete(lane);
    this.tools.health.end(held.target);
    this.tools.counters.leasesLost += 1;
  }

  private async renew(): Promise<void> {
    const { dataSource, owner, leaseMs, clock, counters, onError } = this.tools;
    if (this.held.size === 0) return;
    counters.statements += 1;
    const before = new Map(this.held);
    try {
      const lost = await renewLeases(dataSource, [...before.keys()], owner, new Date(clock.now().getTime() + leaseMs));
      for (const lane of lost) if (this.held.get(lane) === before.get(lane)) this.drop(lane);
    } catch (error) {
      onError(error);
    }
  }

  /** Writes lanes back as they are. */
  private async release(lanes: readonly string[]): Promise<Settled[]> {
    const { dataSource, owner, clock, counters } = this.tools;
    counters.statements += 1;
    const ends = lanes.map((lane) => ({
      lane,
      position: '0',
      verdict: 'in-doubt' as const,
      reason: null,
      retryAt: null,
      goesOn: false,
      outcome: null,
    }));
    const results = await settleAttempts(dataSource, ends, { owner, now: clock.now(), until: clock.now() });
    for (const result of results) {
      if (result.is === 'written' && result.freeAt !== undefined && result.freeTarget !== undefined) {
        this.dueAt(result.freeTarget, Math.max(result.freeAt.getTime(), this.nowMs() + UNFIT_PAUSE_MS));
      }
    }
    return results;
  }

  private dueAt(target: string, ms: number): void {
    this.due.set(target, Math.min(ms, this.due.get(target) ?? Infinity));
  }

  /** Until the first thing that can be done by then: a lane falls due, a budget refills, a sick target may be tried, a look. */
  private sleep(): void {
    if (this.state !== 'running') return;
    clearTimeout(this.timer);
    const now = this.nowMs();
    const { health, budgets } = this.tools;
    let wait = this.nextLook - now;
    for (const [target, at] of this.due) {
      // Without room the next finished call wakes us.
      const isFull = health.room(target) <= 0 && health.wait(target) === 0;
      if (!isFull && this.held.size < this.tools.concurrency)
        wait = Math.min(wait, Math.max(at - now, health.wait(target), budgets.wait(target, now)));
    }
    this.timer = setTimeout(() => this.wake(), Math.max(1, wait));
  }

  private async emptied(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    while (this.held.size > 0 && performance.now() < deadline) await pause(5);
  }

  private nowMs(): number {
    return this.tools.clock.now().getTime();
  }
}
