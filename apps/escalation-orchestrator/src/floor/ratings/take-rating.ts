import type { HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';

/** A tap on the question how it was; any other word skips it. */
export function takeRating(_ruling: Ruling, _word: HeldWord): boolean {
  return false;
}
