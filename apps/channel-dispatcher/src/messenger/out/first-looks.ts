/** A doubt that nobody asked about for so long is settled, or another replica's (ms). */
const FORGOTTEN_AFTER_MS = 10 * 60_000;

/** When this process first looked at each effect in doubt. */
export class FirstLooks {
  private readonly looks = new Map<string, { readonly first: number; last: number }>();

  /** The first look at it, which may be this one. @param now ms, never before that of an earlier call */
  firstLook(effectId: string, now: number): number {
    for (const [id, { last }] of this.looks) {
      if (now - last < FORGOTTEN_AFTER_MS) break;
      this.looks.delete(id);
    }
    const { first } = this.looks.get(effectId) ?? { first: now };
    // Taken out first, so that those that were not asked about for longest stand in front.
    this.looks.delete(effectId);
    this.looks.set(effectId, { first, last: now });
    return first;
  }

  get size(): number {
    return this.looks.size;
  }
}
