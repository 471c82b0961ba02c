/** How often the question is asked, at most (ms). */
const ASK_EVERY = 10_000;

/**
 * The last answer to a question that costs something, asked at most every ten seconds while somebody wants to know. An answer that could
 * not be had again is none: it would go on saying that all is well for as long as nobody can be asked.
 */
export class NowAndThen<T> {
  private answer: T | undefined;
  private askedAt = -Infinity;
  private isAsking = false;

  /** @param now ms, of a clock that only goes on */
  constructor(
    private readonly question: () => Promise<T>,
    private readonly now: () => number = () => performance.now(),
  ) {}

  /** The answer to the question before; undefined before the first one, and when the last one failed or is still open. */
  last(): T | undefined {
    if (this.now() - this.askedAt < ASK_EVERY) return this.answer;
    this.askedAt = this.now();
    if (this.isAsking) this.answer = undefined;
    else void this.ask();
    return this.answer;
  }

  private async ask(): Promise<void> {
    this.isAsking = true;
    try {
      this.answer = await this.question();
    } catch {
      this.answer = undefined;
    } finally {
      this.isAsking = false;
    }
  }
}
