import { performance } from 'node:perf_hooks';
import type { BatchRunner } from './batch-runner.js';
import { whenToStart } from './gathering-rule.js';
import type { GatheringLimits } from './gathering-rule.js';
import { Lanes } from './lanes.js';
import type { Task } from './task.js';

/** The lanes of one topic, and the batches that take records out of them. */
export class TopicLanes {
  private readonly lanes = new Lanes<Task>();
  private running = 0;
  private lastStart = 0;
  private soon: NodeJS.Immediate | undefined;
  private timer: NodeJS.Timeout | undefined;
  private waitingForQuiet: (() => void)[] = [];
  private signal = new AbortController();
  private open = true;

  constructor(
    private readonly runner: BatchRunner,
    private readonly limits: GatheringLimits,
    private readonly finished: (tasks: readonly Task[]) => void,
    private readonly released: (tasks: readonly Task[]) => void,
  ) {}

  get unfinished(): number {
    return this.lanes.waiting + this.lanes.taken;
  }

  get busy(): boolean {
    return this.running > 0;
  }

  add(tasks: readonly Task[]): void {
    for (const task of tasks) this.lanes.add(task);
    // The partitions of one fetch are handed over one by one in this turn of the event loop: one batch for all of them.
    this.soon ??= setImmediate(() => {
      this.soon = undefined;
      this.pump();
    });
  }

  /**
   * Lets what has begun come to its end, and what lies before it in its partition, so that all of it can be committed and nothing of it is
   * repeated; drops the rest. After `limitMs` everything is dropped that has not come to its end.
   */
  async drain(limitMs: number): Promise<void> {
    const { signal } = this;
    this.lanes.clear(({ record, partition }) => record.offset < partition.reached);
    this.pump();
    const deadline = performance.now() + limitMs;
    while (this.unfinished > 0 && performance.now() < deadline) await this.quiet(deadline - performance.now());
    if (this.signal === signal) this.abandon(); // else it was opened anew meanwhile
  }

  /** Drops what has not begun, and ends what waits to try again. */
  abandon(): void {
    this.open = false;
    this.lanes.clear();
    this.signal.abort();
  }

  /** Takes records again, after `drain` or `abandon`. */
  reopen(): void {
    this.open = true;
    this.signal = new AbortController();
  }

  /** Resolves when no batch is at work, or after `limitMs`. */
  async quiet(limitMs: number): Promise<void> {
    if (this.running === 0) return;
    let timer: NodeJS.Timeout | undefined;
    await new Promise<void>((resolve) => {
      timer = setTimeout(resolve, limitMs);
      this.waitingForQuiet.push(resolve);
    });
    clearTimeout(timer);
  }

  private pump(): void {
    while (this.open) {
      const { readyNow: ready } = this.lanes;
      const when = whenToStart({ ready, running: this.running, sinceLastMs: performance.now() - this.lastStart }, this.limits);
      if (when === 'wait') return;
      if (when !== 'start') {
        this.timer ??= setTimeout(() => {
          this.timer = undefined;
          this.pump();
        }, when);
        return;
      }
      void this.runOne(this.lanes.next(this.limits.maxBatch));
    }
  }

  private async runOne(tasks: readonly Task[]): Promise<void> {
    this.running++;
    this.lastStart = performance.now();
    const counts = new Map<string, number>();
    for (const { key, record, partition } of tasks) {
      counts.set(key, (counts.get(key) ?? 0) + 1);
      if (record.offset > partition.reached) partition.reached = record.offset;
    }
    await this.runner.run(tasks, this.finished, this.signal.signal);
    for (const [key, count] of counts) this.lanes.done(key, count);
    this.running--;
    this.released(tasks);
    if (this.running === 0) for (const resolve of this.waitingForQuiet.splice(0)) resolve();
    this.pump();
  }
}
