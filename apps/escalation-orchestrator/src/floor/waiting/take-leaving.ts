import { foldedText } from '@baton/language';
import type { HeldWord } from '../conversation.js';
import { giveBack } from '../give-back.js';
import type { Ruling } from '../ruling.js';

/**
 * A message that says only that he does not wait any longer: he gets the bot back, and nobody is given that word as a
 * question. Once an agent has written, or while the bot still talks with him, such a word may mean anything, and only the tap counts.
 */
export function takeLeaving(ruling: Ruling, word: HeldWord): boolean {
  const { floor, botStays } = ruling.state;
  if ((floor !== 'escalating' && floor !== 'waiting') || botStays) return false;
  if (word.file || word.payload !== undefined) return false;
  if (!saysHeLeaves(ruling, word.text)) return false;
  giveBack(ruling, { why: 'cancelled', by: 'visitor' });
  return true;
}

/** Whether a text says only that he does not want to go on. */
export function saysHeLeaves({ wording, policy }: Ruling, text: string): boolean {
  const said = foldedText(text);
  const phrases = [...wording.leaveWords, ...policy.handover.waiting.leaveWords];
  return said !== '' && phrases.some((phrase) => foldedText(phrase) === said);
}
