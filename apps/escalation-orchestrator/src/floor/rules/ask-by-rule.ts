import { escalate } from '../escalate.js';
import type { HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { isHandoverLeft } from './loop-budget.js';
import { ruleThatAsks, withAsked } from './rule-that-asks.js';

/**
 * The visitor's own words ask for a human, where the bot's rules say so: then they wait for whoever comes, and the bot gets them only
 * where nobody does. Taps say what the bot put into them and count for nothing here. True when the word is taken.
 */
export function askByWords(ruling: Ruling, word: HeldWord): boolean {
  const { policy, now } = ruling;
  if (word.payload !== undefined || word.file) return false;
  const cause = ruleThatAsks(policy, ruling.state, word, now);
  if (policy.handover.rules.frustration && ruling.state.floor === 'bot') {
    ruling.change({ botStretch: { ...ruling.state.botStretch, asked: withAsked(ruling.state.botStretch.asked, word.text) } });
  }
  if (cause === null || !isHandoverLeft(ruling)) return false;
  ruling.hold(word);
  escalate(ruling, { requestedBy: 'rule', category: policy.handover.rules.category ?? null, reason: null, botStays: false, cause });
  // Nobody could be asked at all: the bot answers.
  if (ruling.state.floor === 'bot') ruling.giveHeldAsTurn();
  return true;
}

/** The bot had no answer again: after so many in a row a human is asked for. The bot's own category wins. */
export function askByFallbacks(ruling: Ruling, category: string | null): void {
  const { policy, now } = ruling;
  const cause = ruleThatAsks(policy, ruling.state, 'fallback', now);
  if (cause === null || !isHandoverLeft(ruling)) return;
  escalate(ruling, {
    requestedBy: 'rule',
    category: category ?? policy.handover.rules.category ?? null,
    reason: null,
    botStays: false,
    cause,
  });
}
