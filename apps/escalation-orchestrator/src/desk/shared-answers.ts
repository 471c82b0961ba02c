/**
 * Answers that are good for everybody who asks the same within a moment, and so is a question under way: a rush asks once. A failure is
 * not kept.
 */
export class SharedAnswers<T> {
  private readonly answers = new Map<string, { at: number; value: T }>();
  private readonly asking = new Map<string, Promise<T>>();

  /**
   * @param now ms
   * @param live how long an answer is good (ms)
   */
  constructor(
    private readonly now: () => number,
    private readonly live: number,
  ) {}

  async of(key: string, ask: () => Promise<T>): Promise<T> {
    const known = this.answers.get(key);
    if (known && this.now() - known.at < this.live) return known.value;
    const underWay = this.asking.get(key);
    if (underWay) return underWay;
    const question = ask().finally(() => this.asking.delete(key));
    this.asking.set(key, question);
    const value = await question;
    this.answers.set(key, { at: this.now(), value });
    return value;
  }
}
