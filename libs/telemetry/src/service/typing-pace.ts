/** Conversations remembered at most; one that is forgotten may show a sign too early, and no more. */
const MAX_CONVERSATIONS = 10_000;

/**
 * Lets a conversation's signs of writing pass at a pace that means something: one begins every so often, for it is seen for many
 * seconds, and only what began ends.
 */
export class TypingPace {
  private readonly last = new Map<string, { at: number; typing: boolean }>();

  /** @param againAfterMs nobody needs another sign of the same writing before */
  constructor(private readonly againAfterMs = 2_000) {}

  /** Whether this one is passed on. @param now ms */
  take(conversationId: string, typing: boolean, now: number): boolean {
    const last = this.last.get(conversationId);
    if (typing ? last !== undefined && now - last.at < this.againAfterMs : !last?.typing) return false;
    this.last.delete(conversationId);
    this.last.set(conversationId, { at: typing ? now : last!.at, typing });
    if (this.last.size > MAX_CONVERSATIONS) this.last.delete(this.last.keys().next().value!);
    return true;
  }
}
