export interface GatheringOptions {
  /** The most items that are worked on at once. */
  readonly maxBatch: number;
  /** The most items that may wait; beyond it a new one is refused at once. */
  readonly maxWaiting: number;
  /** Whether an error will pass by itself: such batches are repeated, others are cut in two until the guilty item is found. */
  readonly isTransient: (error: unknown) => boolean;
  /** How long a batch is repeated before its items are refused, in milliseconds. */
  readonly patienceMs: number;
}

/** Too much waits already: the caller may come again later. */
export class TooMuchWaiting extends Error {
  override readonly name = 'TooMuchWaiting';
}

interface Waiting<Item, Result> {
  readonly item: Item;
  readonly resolve: (result: Result) => void;
  readonly reject: (error: unknown) => void;
}

const FIRST_PAUSE_MS = 50;
const LONGEST_PAUSE_MS = 1_000;

/**
 * Turns many small pieces of work into few big ones, without a timer: the first item is worked on at once, and what comes meanwhile is
 * the next batch. One batch at a time, so items keep their order.
 */
export class Gathering<Item, Result> {
  private waiting: Waiting<Item, Result>[] = [];
  private running: Promise<void> | undefined;

  /** @param work is given items in the order they came and returns as many results in the same order */
  constructor(
    private readonly work: (items: readonly Item[]) => Promise<readonly Result[]>,
    private readonly options: GatheringOptions,
  ) {}

  add(item: Item): Promise<Result> {
    if (this.waiting.length >= this.options.maxWaiting) return Promise.reject(new TooMuchWaiting(`${this.waiting.length} wait already`));
    return new Promise((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      this.running ??= this.run().finally(() => (this.running = undefined));
    });
  }

  /** Resolves when nothing waits and nothing is being worked on. */
  async drain(): Promise<void> {
    while (this.running) await this.running;
  }

  private async run(): Promise<void> {
    // What arrives in the same turn of the event loop belongs together.
    await new Promise((resolve) => setImmediate(resolve));
    while (this.waiting.length > 0) await this.finish(this.waiting.splice(0, this.options.maxBatch));
  }

  private async finish(batch: readonly Waiting<Item, Result>[]): Promise<void> {
    try {
      const results = await this.repeatedly(batch.map(({ item }) => item));
      batch.forEach(({ resolve }, i) => resolve(results[i] as Result));
    } catch (error) {
      if (batch.length === 1 || this.options.isTransient(error)) return batch.forEach(({ reject }) => reject(error));
      const half = Math.ceil(batch.length / 2);
      await this.finish(batch.slice(0, half));
      await this.finish(batch.slice(half));
    }
  }

  private async repeatedly(items: readonly Item[]): Promise<readonly Result[]> {
    const giveUpAt = performance.now() + this.options.patienceMs;
    for (let pause = FIRST_PAUSE_MS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MS)) {
      try {
        return await this.work(items);
      } catch (error) {
        if (!this.options.isTransient(error) || performance.now() + pause > giveUpAt) throw error;
        await new Promise((resolve) => setTimeout(resolve, pause));
      }
    }
  }
}
