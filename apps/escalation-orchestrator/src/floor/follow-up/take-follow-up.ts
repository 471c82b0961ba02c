import type { HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';

/** His wish for an answer by e-mail, and the address he is asked for. */
export function takeFollowUp(_ruling: Ruling, _word: HeldWord): boolean {
  return false;
}
