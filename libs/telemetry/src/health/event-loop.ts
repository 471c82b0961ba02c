import { monitorEventLoopDelay } from 'node:perf_hooks';
import type { Health } from './health.js';

/** A turn of the event loop that takes so long at the median of a window serves nobody any more (ms); heartbeats to Kafka still get through. */
export const SLOW_MS = 1_000;
/** So long it may be slow before a restart is asked for (ms): a burst, a big answer or a stopped and continued process is over by then. */
export const SLOW_FOR_MS = 60_000;
/** How often is looked (ms). */
const WINDOW_MS = 10_000;
/** How finely turns are measured (ms). */
const RESOLUTION_MS = 20;

/**
 * Tells a process that is slow for good, by memory that runs out or a loop that never ends, from one that had a bad moment. The median of each window
 * counts, not its worst turn: one long pause is no reason to lose what is in hand.
 */
export class EventLoopRule {
  private slowSince: number | undefined;
  private last: { readonly until: number; readonly medianMs: number } | undefined;

  /** What a window from `from` until `until` showed (ms of any one clock); undefined where nothing was measured. */
  note(medianMs: number | undefined, from: number, until: number): void {
    if (medianMs === undefined) return;
    this.last = { until, medianMs };
    this.slowSince = medianMs < SLOW_MS ? undefined : (this.slowSince ?? from);
  }

  /** Undefined unless it was slow in every window for {@link SLOW_FOR_MS}. */
  problem(): string | undefined {
    if (this.slowSince === undefined || this.last === undefined) return undefined;
    const slowMs = this.last.until - this.slowSince;
    if (slowMs < SLOW_FOR_MS) return undefined;
    return `every turn of the event loop takes ${Math.round(this.last.medianMs)} ms and has been slow for ${Math.round(slowMs / 1_000)} s`;
  }
}

/** Makes a process whose event loop hardly turns not live. A loop that stands still needs no check: it does not answer the probe either. */
export function watchEventLoop(health: Health): void {
  const rule = new EventLoopRule();
  const turns = monitorEventLoopDelay({ resolution: RESOLUTION_MS });
  turns.enable();
  let from = performance.now();
  setInterval(() => {
    const until = performance.now();
    rule.note(turns.count === 0 ? undefined : turns.percentile(50) / 1e6, from, until);
    turns.reset();
    from = until;
  }, WINDOW_MS).unref();
  health.liveness('event loop', () => rule.problem());
}
