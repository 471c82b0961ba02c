/** Two messages within this time make one sound. */
export const CHIME_EVERY_MS = 2_000;

/** What all tabs of the browser know of the last sound. */
export interface LastChime {
  readonly seq: number;
  /** ms */
  readonly at: number;
}

export interface Chimeable {
  readonly seq: number;
  /** What is not newer than this was there before the page was. */
  readonly liveAfter: number;
  readonly author: string;
}

/** Whether a message may be heard: a human's, new, not heard in another tab, not too soon after the last one, and not muted. */
export function mayChime(message: Chimeable, last: LastChime, muted: boolean, now: number): boolean {
  if (muted || message.author !== 'agent') return false;
  if (message.seq <= message.liveAfter || message.seq === last.seq) return false;
  // A clock that was set back must not silence the chat for good.
  return now < last.at || now - last.at >= CHIME_EVERY_MS;
}
