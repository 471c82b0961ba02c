import { setTimeout as pause } from 'node:timers/promises';
import type { Settled } from '../store/settle.js';

/** Somebody is planning for the lane in an open transaction. */
const BUSY_PAUSE_MS = 10;
/** After Postgres failed: not at once again. */
const PAUSE_AFTER_ERROR_MS = 250;

export interface ReturnsTools {
  /** Writes lanes back as they are. */
  readonly release: (lanes: readonly string[]) => Promise<readonly Settled[]>;
  /** Whether work is under way in a lane: it must not be given away. */
  readonly isHeld: (lane: string) => boolean;
  readonly onError: (error: unknown) => void;
}

/**
 * Lanes under our lease with nothing to do in them, on their way back. One that somebody is planning for just now cannot be given back
 * at once; forgotten, it would rest until the lease ran out.
 */
export class Returns {
  private readonly waiting = new Set<string>();
  private underWay: Promise<void> | undefined;
  private timer: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly tools: ReturnsTools) {}

  add(lanes: Iterable<string>): void {
    for (const lane of lanes) this.waiting.add(lane);
  }

  /** The lane is at work again. */
  remove(lane: string): void {
    this.waiting.delete(lane);
  }

  /** One statement at a time: a second one could give away what was claimed again after the first. */
  give(): Promise<void> {
    return (this.underWay ??= this.once().finally(() => {
      this.underWay = undefined;
    }));
  }

  /** Gives what it can within the time, and nothing later. */
  async end(withinMs: number): Promise<void> {
    const deadline = performance.now() + withinMs;
    do await this.give();
    while (this.waiting.size > 0 && performance.now() < deadline && (await pause(BUSY_PAUSE_MS, true)));
    this.abandon();
  }

  abandon(): void {
    this.stopped = true;
    clearTimeout(this.timer);
    this.waiting.clear();
  }

  private async once(): Promise<void> {
    clearTimeout(this.timer);
    const lanes = [...this.waiting];
    if (lanes.length === 0) return;
    this.waiting.clear();
    let pauseMs = BUSY_PAUSE_MS;
    try {
      for (const { is, lane } of await this.tools.release(lanes)) if (is === 'busy') this.waiting.add(lane);
    } catch (error) {
      this.tools.onError(error);
      this.add(lanes.filter((lane) => !this.tools.isHeld(lane)));
      pauseMs = PAUSE_AFTER_ERROR_MS;
    }
    if (this.waiting.size > 0 && !this.stopped) this.timer = setTimeout(() => void this.give(), pauseMs);
  }
}
