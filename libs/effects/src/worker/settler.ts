import { setTimeout as pause } from 'node:timers/promises';
import type { DataSource } from 'typeorm';
import { backOff } from '../attempt/back-off.js';
import type { Verdict } from '../attempt/verdict.js';
import type { Counters, EffectsObserver } from '../counters.js';
import type { EffectKind } from '../effect.js';
import { timeOfServer } from '../store/claim.js';
import { keepOutcome, settleAttempts, type AttemptEnd, type Settled } from '../store/settle.js';
import type { Finished, Held } from './held.js';

/** Ends in one statement; what comes meanwhile is the next statement's. */
const PLAIN_AT_ONCE = 256;
/** Ends whose kinds are told, in one transaction: few enough that a failure is cheap to take apart. */
const TOLD_AT_ONCE = 48;
const TRANSACTIONS = 3;
/** Somebody is planning for the lane in an open transaction. */
const BUSY_PAUSE_MS = 15;
/** After so many failures of its own, an end is put aside with its outcome and told later. */
const MAX_FAILURES = 5;

export interface SettlerTools {
  readonly dataSource: DataSource;
  readonly owner: string;
  readonly kinds: Readonly<Record<string, EffectKind>>;
  readonly counters: Counters;
  readonly observer: EffectsObserver | undefined;
  readonly now: () => Date;
  readonly random: () => number;
  readonly leaseMs: number;
  /** Whether the lane's next effect may be begun with the end of this one; what was reserved is given back when none was. */
  readonly reserve: (held: Held) => boolean;
  readonly giveBack: (held: Held) => void;
  readonly settled: (held: Held, result: Settled) => void;
  readonly onError: (error: unknown) => void;
}

/**
 * Writes the ends of attempts: gathers while a statement is under way, and sends what came as the next one. Ends of kinds
 * that want to be told go into transactions with what they write, in the order of their lanes, so that nobody deadlocks.
 */
export class Settler {
  private plain: Finished[] = [];
  private told: Finished[] = [];
  private plainRuns = 0;
  private toldRuns = 0;
  private failedInARow = 0;
  private isAbandoned = false;

  constructor(private readonly tools: SettlerTools) {}

  add(finished: Finished): void {
    if (this.isAbandoned) return;
    (this.wantsToBeTold(finished) ? this.told : this.plain).push(finished);
    this.pump();
  }

  /** An attempt that no longer counts came to a verdict: that it happened is a fact all the same. */
  tooLate({ effect }: Held, verdict: Verdict): void {
    if (this.isAbandoned || !('end' in verdict) || !('done' in verdict.end)) return;
    keepOutcome(this.tools.dataSource, effect.position, verdict.end).catch(this.tools.onError);
  }

  /** Writes nothing more than what is under way. For good. */
  abandon(): void {
    this.isAbandoned = true;
    this.plain = [];
    this.told = [];
  }

  private wantsToBeTold({ held, verdict }: Finished): boolean {
    return 'end' in verdict && this.tools.kinds[held.effect.kind]?.settled !== undefined;
  }

  private pump(): void {
    if (this.isAbandoned) return;
    while (this.plainRuns < 1 && this.plain.length > 0) {
      this.plainRuns += 1;
      void this.run(this.plain.splice(0, PLAIN_AT_ONCE), (batch) => this.write(batch)).finally(() => {
        this.plainRuns -= 1;
        this.pump();
      });
    }
    while (this.toldRuns < TRANSACTIONS && this.told.length > 0) {
      this.toldRuns += 1;
      const batch = this.told.splice(0, TOLD_AT_ONCE).sort((a, b) => (a.held.lane < b.held.lane ? -1 : 1));
      void this.run(batch, (some) => this.tell(some)).finally(() => {
        this.toldRuns -= 1;
        this.pump();
      });
    }
  }

  /** A batch that fails is taken apart, until the guilty end is alone; a Postgres that is away is waited for. */
  private async run(batch: Finished[], settle: (batch: Finished[]) => Promise<void>): Promise<void> {
    try {
      await settle(batch);
      this.failedInARow = 0;
    } catch (error) {
      this.tools.counters.settlesFailed += 1;
      this.tools.onError(error);
      if (!(await this.databaseAnswers())) {
        this.failedInARow += 1;
        await pause(backOff(Math.min(this.failedInARow, 3), this.tools.random));
        this.again(batch);
      } else if (batch.length > 1) {
        const half = Math.ceil(batch.length / 2);
        await this.run(batch.slice(0, half), settle);
        await this.run(batch.slice(half), settle);
      } else {
        for (const finished of batch) await this.alone(finished);
      }
    }
  }

  private async databaseAnswers(): Promise<boolean> {
    return timeOfServer(this.tools.dataSource).then(
      () => true,
      () => false,
    );
  }

  /** One end that fails by itself: once more after a while, in the end put aside. Its lane stays ours meanwhile. */
  private async alone(finished: Finished): Promise<void> {
    if (this.isAbandoned) return;
    finished.failures += 1;
    if (finished.failures <= MAX_FAILURES) {
      setTimeout(() => this.add(finished), backOff(finished.failures, this.tools.random) / 4);
      return;
    }
    const { held, verdict } = finished;
    const { now, random } = this.tools;
    const retryAt = new Date(now().getTime() + backOff(held.effect.attempts, random));
    const aside: AttemptEnd = { ...endOf(finished, false), verdict: 'in-doubt', retryAt, outcome: 'end' in verdict ? verdict.end : null };
    await this.writeEnds([{ finished, end: aside }]).catch(() => setTimeout(() => void this.alone(finished), 1_000));
  }

  private again(batch: readonly Finished[]): void {
    for (const finished of batch) (this.wantsToBeTold(finished) ? this.told : this.plain).push(finished);
  }

  private write(batch: readonly Finished[]): Promise<void> {
    return this.writeEnds(batch.map((finished) => ({ finished, end: endOf(finished, this.tools.reserve(finished.held)) })));
  }

  private async writeEnds(ends: readonly { finished: Finished; end: AttemptEnd }[]): Promise<void> {
    let results: Settled[];
    try {
      results = await this.settle(this.tools.dataSource, ends);
    } catch (error) {
      this.giveBackAll(ends);
      throw error;
    }
    this.pass(ends, results);
  }

  /** What the kinds write, and the ends, together or not at all. An end that is not ours to write takes what was told for it with it. */
  private async tell(batch: readonly Finished[]): Promise<void> {
    const { dataSource, kinds } = this.tools;
    const ends = batch.map((finished) => ({ finished, end: endOf(finished, this.tools.reserve(finished.held)) }));
    const afterwards: (() => void)[] = [];
    const outcome = await dataSource
      .transaction(async (manager) => {
        for (const { held, verdict } of batch) {
          if (!('end' in verdict)) continue;
          const after = await kinds[held.effect.kind]?.settled?.(manager, held.effect, verdict.end);
          if (after) afterwards.push(after);
        }
        const results = await this.settle(manager, ends);
        const undone = results.filter((result) => result.is !== 'written');
        if (undone.length > 0) throw new NotWritten(undone);
        return results;
      })
      .catch((error: unknown) => {
        this.giveBackAll(ends);
        if (error instanceof NotWritten) return error;
        throw error;
      });
    if (!(outcome instanceof NotWritten)) {
      this.pass(ends, outcome);
      for (const after of afterwards) this.guarded(after);
      return;
    }
    const unwritten = new Map(outcome.results.map((result) => [result.lane, result]));
    for (const finished of batch) {
      const result = unwritten.get(finished.held.lane);
      if (result === undefined) this.told.push(finished);
      else this.passOne(finished, result);
    }
  }

  private guarded(after: () => void): void {
    try {
      after();
    } catch (error) {
      this.tools.onError(error);
    }
  }

  private async settle(on: Parameters<typeof settleAttempts>[0], ends: readonly { end: AttemptEnd }[]): Promise<Settled[]> {
    const { owner, now, leaseMs, counters } = this.tools;
    const at = now();
    counters.statements += 1;
    const lease = { owner, now: at, until: new Date(at.getTime() + leaseMs) };
    return settleAttempts(
      on,
      ends.map(({ end }) => end),
      lease,
    );
  }

  private pass(ends: readonly { finished: Finished; end: AttemptEnd }[], results: readonly Settled[]): void {
    const byLane = new Map(results.map((result) => [result.lane, result]));
    for (const { finished, end } of ends) {
      const result = byLane.get(finished.held.lane) ?? { is: 'lost' as const, lane: finished.held.lane };
      if (end.goesOn && !(result.is === 'written' && result.next !== undefined)) this.tools.giveBack(finished.held);
      this.passOne(finished, result);
    }
  }

  private passOne(finished: Finished, result: Settled): void {
    if (result.is === 'busy') {
      setTimeout(() => this.add(finished), BUSY_PAUSE_MS);
      return;
    }
    if (result.is === 'written') this.count(finished);
    else this.tooLate(finished.held, finished.verdict);
    this.tools.settled(finished.held, result);
  }

  private count({ held, verdict }: Finished): void {
    const { counters, observer } = this.tools;
    const outcome = !('end' in verdict) ? 'retry' : 'done' in verdict.end ? 'done' : 'refused';
    if (outcome === 'retry') counters.retried += 1;
    else counters[outcome] += 1;
    observer?.settled(held.effect.kind, outcome);
  }

  private giveBackAll(ends: readonly { finished: Finished; end: AttemptEnd }[]): void {
    for (const { finished, end } of ends) if (end.goesOn) this.tools.giveBack(finished.held);
  }
}

/** Rolls a transaction back because some of its ends are not ours, or not now. */
class NotWritten extends Error {
  constructor(readonly results: readonly Settled[]) {
    super('not written');
  }
}

function endOf({ held, verdict }: Finished, mayGoOn: boolean): AttemptEnd {
  const { lane, effect } = held;
  const common = { lane, position: effect.position, outcome: null };
  if ('retryAt' in verdict) {
    return {
      ...common,
      verdict: verdict.inDoubt ? 'in-doubt' : 'planned',
      reason: verdict.reason,
      retryAt: verdict.retryAt,
      goesOn: false,
    };
  }
  const { end } = verdict;
  const isDone = 'done' in end;
  return { ...common, verdict: isDone ? 'done' : 'refused', reason: isDone ? null : end.refused, retryAt: null, goesOn: mayGoOn };
}
