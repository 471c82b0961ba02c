/** A sign that somebody writes is seen for many seconds: nobody needs more of them (ms). */
const AGAIN_AFTER = 2_000;
/** Conversations remembered at most; one that is forgotten may show a sign too early, and no more. */
const MAX_CONVERSATIONS = 10_000;

/** Lets a conversation's signs of writing pass at a pace that means something: one begins every two seconds, and only what began ends. */
export class TypingPace {
  private readonly last = new Map<string, { at: number; typing: boolean }>();

  /** Whether this one is passed on. @param now ms */
  take(conversationId: string, typing: boolean, now: number): boolean {
    const last = this.last.get(conversationId);
    if (typing ? last !== undefined && now - last.at < AGAIN_AFTER : !last?.typing) return false;
    this.last.delete(conversationId);
    this.last.set(conversationId, { at: typing ? now : last!.at, typing });
    if (this.last.size > MAX_CONVERSATIONS) this.last.delete(this.last.keys().next().value!);
    return true;
  }
}
