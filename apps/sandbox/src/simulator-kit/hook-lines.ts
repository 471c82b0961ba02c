/**
 * Lines in which hooks wait for each other: what is put into one line begins after the one before it ended, and not before its own delay.
 * Everything that waits is forgotten by `reset`.
 */
export class HookLines {
  /** The end of each line. */
  private readonly ends = new Map<string, Promise<void>>();
  private readonly earliest = new Map<string, number>();
  private generation = 0;

  constructor(private readonly now: () => number) {}

  enqueue(line: string, delayMs: number, act: () => Promise<void>): void {
    const due = Math.max(this.now() + delayMs, this.earliest.get(line) ?? 0);
    if (delayMs > 0) this.earliest.set(line, due);
    const { generation } = this;
    const before = this.ends.get(line);
    const turn = (async () => {
      await before;
      const wait = due - this.now();
      if (wait > 0) await sleep(wait);
      if (generation === this.generation) await act();
    })();
    this.ends.set(line, turn);
    void turn.finally(() => {
      if (this.ends.get(line) !== turn) return;
      this.ends.delete(line);
      this.earliest.delete(line);
    });
  }

  /** Outside of every line. */
  later(delayMs: number, act: () => unknown): void {
    const { generation } = this;
    setTimeout(() => generation === this.generation && void act(), delayMs).unref();
  }

  /** After a pause; false when all was forgotten meanwhile. */
  async pause(ms: number): Promise<boolean> {
    const { generation } = this;
    await sleep(ms);
    return generation === this.generation;
  }

  /** Resolves when what waits now in lines that fit has ended. */
  async ended(fits: (line: string) => boolean): Promise<void> {
    await Promise.all([...this.ends].filter(([line]) => fits(line)).map(([, end]) => end));
  }

  reset(): void {
    this.generation += 1;
    this.ends.clear();
    this.earliest.clear();
  }
}

function sleep(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms).unref());
}
