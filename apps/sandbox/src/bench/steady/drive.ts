import { nowUs } from '../hook.js';
import type { Mark } from '../roads/mark.js';
import { type Direction, type Talk } from '../roads/talk.js';
import { type Lateness, Schedule } from './schedule.js';

/** Who begins in a conversation, and how. */
export interface Opening {
  readonly direction: Direction;
  say(mark: Mark): void;
}

export interface DriveOptions {
  /** Messages a second that are begun; answers come on top. */
  readonly perSecond: number;
  readonly seconds: number;
  /** Which way the next message of a conversation goes. */
  readonly openingOf: (conversation: number) => Opening;
}

const TICK_MS = 4;

/** Begins messages on schedule, in all conversations in turn, and never waits for what becomes of them. */
export class Drive {
  private readonly schedule: Schedule;
  private readonly endUs: number;
  private count = 0;
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly talk: Talk,
    private readonly options: DriveOptions,
  ) {
    const startUs = nowUs();
    this.endUs = startUs + options.seconds * 1e6;
    this.schedule = new Schedule(options.perSecond, startUs, this.endUs);
  }

  /** Resolves when the last one has left. */
  run(): Promise<Lateness> {
    return new Promise((resolve) => {
      this.timer = setInterval(() => {
        const now = nowUs();
        for (const dueUs of this.schedule.take(now)) this.begin(dueUs);
        if (!this.schedule.isOver(now)) return;
        this.stop();
        resolve(this.lateness);
      }, TICK_MS);
    });
  }

  stop(): void {
    clearInterval(this.timer);
  }

  get lateness(): Lateness {
    return this.schedule.lateness;
  }

  private begin(dueUs: number): void {
    const conversation = this.count++ % this.talk.conversations;
    const { direction, say } = this.options.openingOf(conversation);
    say(this.talk.mark(direction, conversation, dueUs));
  }
}
