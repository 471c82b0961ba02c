import type { Logger } from '@baton/telemetry';

/** Where work waits until it is due, shared by all processes. */
export interface DueStore<T> {
  /** Takes up to `room` pieces that are due at `now`, for this process alone until then. */
  claim(now: Date, until: Date, room: number): Promise<readonly T[]>;
  renew(until: Date, claimed: readonly T[]): Promise<void>;
  /** When the next unclaimed piece is due (ms); undefined where none is. */
  nextDue(now: Date): Promise<number | undefined>;
}

export interface DueWorkOptions<T> {
  readonly store: DueStore<T>;
  /** Of one key one piece at a time is in work here; a newer one stops the older. */
  readonly keyOf: (piece: T) => string;
  /** What it throws is logged; its piece is taken up again when its claim has run out. */
  readonly work: (piece: T, stopped: AbortSignal) => Promise<void>;
  readonly log: Pick<Logger, 'warn'>;
  /** Pieces in work at once in this process. */
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

interface InWork<T> {
  readonly piece: T;
  readonly stop: AbortController;
  readonly done: Promise<void>;
}

/** Does what is due, many pieces at once, each in one process at a time. */
export class DueWork<T> {
  private readonly inWork = new Map<string, InWork<T>>();
  private timer: NodeJS.Timeout | undefined;
  private dueAt = Infinity;
  private renewal: NodeJS.Timeout | undefined;
  private looking: Promise<void> | undefined;
  private again = false;
  private stopped = true;

  constructor(private readonly options: DueWorkOptions<T>) {}

  /** What is in work and still wanted. */
  get pieces(): readonly T[] {
    return [...this.inWork.values()].filter(({ stop }) => !stop.signal.aborted).map(({ piece }) => piece);
  }

  get running(): number {
    return this.inWork.size;
  }

  get isStopped(): boolean {
    return this.stopped;
  }

  start(): void {
    this.stopped = false;
    this.renewal = setInterval(() => void this.renew(), LEASE / 3);
    this.look();
  }

  /** Stops what is in work and waits for its end. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearTimeout(this.timer);
    clearInterval(this.renewal);
    await this.looking;
    for (const { stop } of this.inWork.values()) stop.abort();
    await Promise.all([...this.inWork.values()].map(({ done }) => done));
  }

  /** Something is due then (ms). */
  wake(dueAt: number): void {
    if (this.stopped || dueAt >= this.dueAt) return;
    this.arm(dueAt);
  }

  /** What is in work under this key is of no use any more, if `isOld` says so. */
  overtake(key: string, isOld: (piece: T) => boolean = () => true): void {
    const one = this.inWork.get(key);
    if (one && isOld(one.piece)) one.stop.abort();
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
        this.options.log.warn({ reason: error instanceof Error ? error.name : 'unknown' }, 'due work could not be looked for');
        if (!this.stopped) this.arm(this.options.now() + PAUSE);
      })
      .finally(() => {
        this.looking = undefined;
        if (!this.again || this.stopped) return;
        this.again = false;
        this.look();
      });
  }

  /** Takes what is due and there is room for; returns when to look again (ms). */
  private async claim(): Promise<number> {
    const { store, concurrency, now } = this.options;
    const room = concurrency - this.inWork.size;
    // The end of a piece looks again.
    if (room <= 0) return now() + LOOK_EVERY;
    const at = now();
    const claimed = await store.claim(new Date(at), new Date(at + LEASE), room);
    for (const piece of claimed) this.begin(piece);
    if (claimed.length === room) return now() + LOOK_EVERY;
    return (await store.nextDue(new Date(now()))) ?? Infinity;
  }

  private begin(piece: T): void {
    const { keyOf, log, work } = this.options;
    const key = keyOf(piece);
    this.inWork.get(key)?.stop.abort();
    const stop = new AbortController();
    const done = work(piece, stop.signal)
      .catch((err: unknown) => log.warn({ err }, 'due work was broken off and is done again'))
      .finally(() => {
        if (this.inWork.get(key)?.stop === stop) this.inWork.delete(key);
        if (!this.stopped) this.look();
      });
    this.inWork.set(key, { piece, stop, done });
  }

  private async renew(): Promise<void> {
    const { store, now } = this.options;
    const pieces = [...this.inWork.values()].map(({ piece }) => piece);
    if (pieces.length > 0) await store.renew(new Date(now() + LEASE), pieces).catch(() => undefined);
  }
}
