import { REPLAY_ON_FIRST_HELLO } from '@baton/contracts';

/** A browser that missed more than this gets the newest of them; the rest it asks for as history. */
export const REPLAY_AT_MOST = 500;

/**
 * Returns the first `seq` to send to a browser that holds everything up to `lastSeq`, when `head` is the newest there is.
 * A browser that holds nothing, or claims more than there is, starts anew.
 */
export function replayFrom(lastSeq: number, head: number): number {
  if (lastSeq === 0 || lastSeq > head) return Math.max(1, head - REPLAY_ON_FIRST_HELLO + 1);
  return Math.max(lastSeq + 1, head - REPLAY_AT_MOST + 1);
}
