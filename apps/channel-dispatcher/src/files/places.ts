/** So many at once, no more: what is held in memory is bounded by it. */
export class Places {
  private taken = 0;

  constructor(private readonly count: number) {}

  /** Runs the work, or returns undefined at once when every place is taken. */
  run<T>(work: () => Promise<T>): Promise<T> | undefined {
    if (this.taken >= this.count) return undefined;
    this.taken += 1;
    return work().finally(() => {
      this.taken -= 1;
    });
  }
}
