import type { HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';

/** A message that says only that he does not wait any longer. */
export function takeLeaving(_ruling: Ruling, _word: HeldWord): boolean {
  return false;
}
