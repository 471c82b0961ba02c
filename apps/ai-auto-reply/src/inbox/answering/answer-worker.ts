import type { Logger } from '@baton/telemetry';
import type { DataSource } from 'typeorm';
import { claimDue, nextDue, renewClaims } from '../session-store.js';
import type { Claimed } from '../session-store.js';
import type { AnswerSession } from './answer-session.js';

export interface AnswerWorkerOptions {
  readonly dataSource: DataSource;
  readonly answers: Pick<AnswerSession, 'answer'>;
  readonly log: Logger;
  /** The name under which sessions are claimed. */
  readonly owner: string;
  /** Answers in the making at once in this process. */
  readonly concurrency: number;
  /** ms */
  readonly now: () => number;
}

/** Without news for so long, somebody else's leftovers are looked for (ms). */
const LOOK_EVERY = 500;
/** What a killed process had claimed is taken over after so long; renewed at thirds (ms). */
const LEASE = 10_000;
/** Longer than a timer can be off. */
const TIMER_SLACK = 2;
/** After a failure of the database (ms). */
const PAUSE = 1_000;

interface InFlight {
  readonly epoch: number;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Takes up sessions whose visitor is to be answered, many at once, each by one process at a time. */
export class AnswerWorker {
  private readonly inFlight = new Map<string, InFlight>();
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private renewal: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(private readonly options: AnswerWorkerOptions) {}

  get running(): number {
    return this.inFlight.size;
  }

  start(): void {
    this.stopped = false;
    this.renewal = setInterval(() => void this.renew(), LEASE / 3);
    this.look();
  }

  /** Ends what is in the making; another process takes it up. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.renewal);
    await this.looking;
    for (const { stop } of this.inFlight.values()) stop.abort();
    await Promise.all([...this.inFlight.values()].map(({ done }) => done));
  }

  /** Something is due then (ms). */
  wake(dueAt: number): void {
    if (this.stopped || dueAt >= this.dueAt) return;
    this.arm(dueAt);
  }

  /** What is in the making for this session is of no use any more. */
  overtake(sessionId: string): void {
    this.inFlight.get(sessionId)?.stop.abort();
  }

  private arm(dueAt: number): void {
    clearTimeout(this.timer);
    this.dueAt = dueAt;
    const wait = Math.min(LOOK_EVERY, Math.max(0, dueAt - this.options.now() + TIMER_SLACK));
    this.timer = setTimeout(() => this.look(), wait);
  }

  private look(): void {
    if (this.looking) {
      this.again = true;
      return;
    }
    this.dueAt = Infinity;
    this.looking = this.claim()
      .then((next) => {
        if (!this.stopped) this.arm(Math.min(this.dueAt, next));
      })
      .catch((error: unknown) => {
        this.options.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'due answers could not be looked for');
        if (!this.stopped) this.arm(this.options.now() + PAUSE);
      })
      .finally(() => {
        this.looking = undefined;
        if (this.again && !this.stopped) {
          this.again = false;
          this.look();
        }
      });
  }

  /** Takes what is due and there is room for; returns when to look again (ms). */
  private async claim(): Promise<number> {
    const { dataSource, owner, concurrency, now } = this.options;
    const room = concurrency - this.inFlight.size;
    if (room > 0) {
      const at = now();
      const claimed = await claimDue(dataSource, owner, new Date(at), new Date(at + LEASE), room);
      for (const one of claimed) this.begin(one);
      if (claimed.length === room) return now() + LOOK_EVERY;
    }
    return (await nextDue(dataSource, new Date(now()))) ?? Infinity;
  }

  private begin(claimed: Claimed): void {
    const { sessionId, epoch } = claimed.session;
    // One of an older epoch is overtaken: it ends by itself, and what it decides is dropped.
    this.inFlight.get(sessionId)?.stop.abort();
    const stop = new AbortController();
    const done = this.options.answers
      .answer(claimed, stop.signal)
      .catch((error: unknown) =>
        this.options.log.warn({ err: error, botId: claimed.session.botId }, 'an answer was broken off and is tried again'),
      )
      .finally(() => {
        if (this.inFlight.get(sessionId)?.stop === stop) this.inFlight.delete(sessionId);
        if (!this.stopped) this.look();
      });
    this.inFlight.set(sessionId, { epoch, stop, done });
  }

  private async renew(): Promise<void> {
    const { dataSource, owner, now } = this.options;
    const claims = [...this.inFlight].map(([sessionId, { epoch }]) => ({ sessionId, epoch }));
    await renewClaims(dataSource, owner, new Date(now() + LEASE), claims).catch(() => undefined);
  }
}
