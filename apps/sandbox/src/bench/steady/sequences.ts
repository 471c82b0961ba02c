/** What became of everything that was said one way: numbers from 1 in each conversation. */
export class Sequences {
  sent = 0;
  arrived = 0;
  doubled = 0;
  outOfOrder = 0;
  /** Numbers that nobody had said: the load is broken, or somebody else writes there. */
  strange = 0;
  private readonly said: Uint32Array;
  private readonly highest: Uint32Array;
  private readonly missing = new Map<number, Set<number>>();

  constructor(conversations: number) {
    this.said = new Uint32Array(conversations);
    this.highest = new Uint32Array(conversations);
  }

  /** The number of the next message of a conversation. */
  next(conversation: number): number {
    this.sent += 1;
    return (this.said[conversation] = this.said[conversation]! + 1);
  }

  /** A message that could not be handed over at all: it was refused aloud, so nobody waits for it. */
  unsaid(conversation: number, number: number): void {
    this.sent -= 1;
    this.settle(conversation, number);
  }

  /** Whether it arrived for the first time. */
  heard(conversation: number, number: number): boolean {
    if (!(number >= 1) || !(number <= (this.said[conversation] ?? 0))) {
      this.strange += 1;
      return false;
    }
    const highest = this.highest[conversation]!;
    if (!this.settle(conversation, number)) {
      this.doubled += 1;
      return false;
    }
    if (number < highest) this.outOfOrder += 1;
    this.arrived += 1;
    return true;
  }

  /** Said and not arrived: on its way, or lost when nothing comes any more. */
  get open(): number {
    return this.sent - this.arrived;
  }

  private settle(conversation: number, number: number): boolean {
    const highest = this.highest[conversation]!;
    const missing = this.missing.get(conversation);
    if (number <= highest) {
      const wasMissing = missing?.delete(number) ?? false;
      if (missing?.size === 0) this.missing.delete(conversation);
      return wasMissing;
    }
    if (number > highest + 1) {
      const gap = missing ?? new Set<number>();
      for (let between = highest + 1; between < number; between += 1) gap.add(between);
      this.missing.set(conversation, gap);
    }
    this.highest[conversation] = number;
    return true;
  }
}
