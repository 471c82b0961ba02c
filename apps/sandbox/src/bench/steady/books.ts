import { setTimeout as pause } from 'node:timers/promises';
import { type Cost, costFrom, PLANNED } from '../plan/cost.js';
import { type CountedAt, type Counters, costsOf, readCounters } from './costs.js';
import type { CpuBook } from './cpu-book.js';

/** Everything that was used up to a moment in which nothing was under way. */
export interface Mark {
  readonly counters: Counters;
  readonly cpuBefore: ReadonlyMap<string, number>;
  readonly cpuAfter: ReadonlyMap<string, number>;
}

/** An idle session of Postgres tells its counters after ten seconds at the latest: PGSTAT_IDLE_INTERVAL in its pgstat.c. */
const TOLD_WITHIN_MS = 10_500;

/** What parts of a run cost, at both servers and in CPU. */
export class Books {
  constructor(
    private readonly at: CountedAt,
    private readonly cpu: CpuBook,
  ) {}

  /** Waits until Postgres has told its counters; the CPU of the waiting belongs to nothing. */
  async mark(): Promise<Mark> {
    const cpuBefore = this.cpu.read();
    await pause(TOLD_WITHIN_MS);
    const counters = await readCounters(this.at);
    return { counters, cpuBefore, cpuAfter: this.cpu.read() };
  }
}

/** What each of so many cost between two marks. */
export function costBetween(from: Mark, to: Mark, times: number): Cost {
  const cpuUs = PLANNED.flatMap((name) => {
    const used = to.cpuBefore.get(name);
    return used === undefined ? [] : [[name, (used - (from.cpuAfter.get(name) ?? 0)) / Math.max(1, times)] as const];
  });
  return costFrom(costsOf(from.counters, to.counters, times), Object.fromEntries(cpuUs));
}
