import { renameSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Every process has looked by then (ms). */
const SEEN_AFTER = 100;
const STEP = 30_000;
/** Timers are looked at every half second (ms). */
const MOMENT = 450;

/** Moves the clocks of all processes that were started with {@link ClockLever.env}, only ever forward. */
export class ClockLever {
  private offset = 0;

  /** @param file where the offset stands; made here */
  constructor(private readonly file: string) {
    this.write();
  }

  /** For the processes. */
  get env(): NodeJS.ProcessEnv {
    return { SHIFTED_CLOCK: this.file };
  }

  /** What the processes take for now (ms). */
  now(): number {
    return Date.now() + this.offset;
  }

  /** @param ms how far; resolves when everybody has seen it */
  async forward(ms: number): Promise<void> {
    if (ms < 0) throw new RangeError('clocks only go forward');
    this.offset += ms;
    this.write();
    await pause(SEEN_AFTER);
  }

  /** As {@link forward}, in small steps with a moment for what is due in each. */
  async pass(ms: number): Promise<void> {
    for (let left = ms; left > 0; left -= STEP) {
      await this.forward(Math.min(left, STEP));
      await pause(MOMENT);
    }
  }

  /** @param at ms since 1970, in the future of these clocks */
  forwardTo(at: number): Promise<void> {
    return this.forward(at - this.now());
  }

  private write(): void {
    // As a whole: nobody reads half a number.
    writeFileSync(`${this.file}.next`, String(this.offset));
    renameSync(`${this.file}.next`, this.file);
  }
}
