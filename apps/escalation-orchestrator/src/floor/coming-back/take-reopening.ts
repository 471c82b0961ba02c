import type { HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';

/** The tap on "I still need help" after a human resolved the conversation. */
export function takeReopening(_ruling: Ruling, _word: HeldWord): boolean {
  return false;
}
