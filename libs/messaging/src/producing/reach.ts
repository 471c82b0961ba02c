export interface ReachOptions {
  /** Something is being sent, whose outcome says more than a question. */
  readonly isBusy: () => boolean;
  /** Asks Kafka whether it can be sent to; rejects when not. */
  readonly ask: () => Promise<void>;
  /** Where it is to be asked while all is well, too: how long nothing must have been heard first, in milliseconds. */
  readonly quietMs?: number | undefined;
}

const AGAIN_MS = 1_000;

/**
 * Knows whether Kafka answers: by what became of what was sent, and by asking while nothing is. While it does not answer it is asked every
 * second. Before anything was heard it counts as there.
 */
export class Reach {
  private up = true;
  private heardAt = performance.now();
  private error: unknown;
  private again: NodeJS.Timeout | undefined;
  private watching: NodeJS.Timeout | undefined;
  private stopped = false;

  constructor(private readonly o: ReachOptions) {}

  get isThere(): boolean {
    return this.up;
  }

  /** Why it last did not answer. */
  get lastError(): unknown {
    return this.error;
  }

  /** It answered. */
  heard(): void {
    this.up = true;
    this.heardAt = performance.now();
  }

  /** It did not. */
  missed(error: unknown): void {
    this.up = false;
    this.heardAt = performance.now();
    this.error = error;
    this.askWhetherItIsBack();
  }

  /** Begins to ask while all is well, where that was wanted. */
  watch(): void {
    const { quietMs } = this.o;
    if (quietMs === undefined || this.stopped || this.watching) return;
    this.watching = setTimeout(() => {
      void this.look(quietMs).then(() => {
        this.watching = undefined;
        this.watch();
      });
    }, quietMs).unref();
  }

  stop(): void {
    this.stopped = true;
    clearTimeout(this.again);
    clearTimeout(this.watching);
  }

  private askWhetherItIsBack(): void {
    if (this.stopped) return;
    this.again ??= setTimeout(() => {
      this.again = undefined;
      if (this.up || this.stopped) return;
      if (this.o.isBusy()) return this.askWhetherItIsBack();
      this.o.ask().then(
        () => this.heard(),
        () => this.askWhetherItIsBack(),
      );
    }, AGAIN_MS);
  }

  private async look(quietMs: number): Promise<void> {
    const asked = performance.now();
    if (!this.up || this.o.isBusy() || asked - this.heardAt < quietMs) return;
    const outcome = await this.o.ask().then(
      () => () => this.heard(),
      (error: unknown) => () => this.missed(error),
    );
    // What a send met meanwhile is newer than the question.
    if (!this.stopped && !this.o.isBusy() && this.heardAt <= asked) outcome();
  }
}
