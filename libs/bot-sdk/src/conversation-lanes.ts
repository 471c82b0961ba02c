/** Work of one conversation runs in order, different conversations side by side, at most `limit` pieces taken in at once. */
export class ConversationLanes {
  private readonly ends = new Map<string, Promise<void>>();
  private inWork = 0;
  private wakeUp: (() => void)[] = [];

  constructor(private readonly limit: number) {}

  /** Resolves when there is room for one more piece. */
  async room(): Promise<void> {
    while (this.inWork >= this.limit) await new Promise<void>((resolve) => this.wakeUp.push(resolve));
  }

  /** Queues work behind what its conversation still has to do; `work` must not reject. */
  run(conversation: string, work: () => Promise<void>): void {
    this.inWork += 1;
    const end = (this.ends.get(conversation) ?? Promise.resolve()).then(work).finally(() => {
      this.inWork -= 1;
      if (this.ends.get(conversation) === end) this.ends.delete(conversation);
      const waiting = this.wakeUp;
      this.wakeUp = [];
      for (const wake of waiting) wake();
    });
    this.ends.set(conversation, end);
  }

  /** Resolves when everything taken in so far is done. */
  async empty(): Promise<void> {
    await Promise.all(this.ends.values());
  }
}
