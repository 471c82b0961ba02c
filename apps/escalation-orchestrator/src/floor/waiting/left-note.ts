import type { Handover } from '../conversation.js';
import { inWords } from './in-words.js';

/** What the agents read when the visitor went by himself. */
export function leftNote({ connectedAt, requestedAt }: Pick<Handover, 'connectedAt' | 'requestedAt'>, now: number): string {
  if (connectedAt !== null) return 'The visitor went back to the bot.';
  return `The visitor did not want to wait any longer: after ${inWords(now - requestedAt)} without an answer he went back to the bot.`;
}
