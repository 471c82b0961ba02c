import type { HeldWord } from '../conversation.js';
import { escalate } from '../escalate.js';
import type { Ruling } from '../ruling.js';

/** After nobody came, the visitor's words of so long a time are kept without another call (ms): he was told, and is not told with each word. */
export const CALL_AGAIN_AFTER = 5 * 60_000;

/**
 * Somebody switched off everything automatic here: what the bot would be given waits for a human, who is called in its place, once and not
 * for each word. Where nobody comes the visitor is told as ever, and the bot gets what waits with his next word after the switch is off.
 */
export function takeInBotsPlace(ruling: Ruling, word: HeldWord): void {
  ruling.hold(word);
  callInBotsPlace(ruling);
}

/** Somebody who answers past us in the channel itself is the human who is there. */
export function callInBotsPlace(ruling: Ruling): void {
  const { floor, elsewhereSince, calledInVain } = ruling.state;
  if (floor !== 'bot' || elsewhereSince !== null) return;
  if (calledInVain !== undefined && ruling.now - calledInVain < CALL_AGAIN_AFTER) return ruling.ignore('called-in-vain');
  const category = ruling.policy.handover.rules.category ?? null;
  const isBegun = escalate(ruling, { requestedBy: 'rule', category, reason: null, botStays: false, cause: { by: 'kill-switch' } });
  if (!isBegun) ruling.change({ calledInVain: ruling.now });
}

/** What waits for the bot is given to it, or to a human in its place. */
export function giveHeldOrCall(ruling: Ruling): void {
  if (!ruling.policy.stopped) return ruling.giveHeldAsTurn();
  if (ruling.state.held.length > 0) callInBotsPlace(ruling);
}

/** The switch went on: whom the bot has not answered yet it will not answer any more. */
export function onBotStopped(ruling: Ruling): void {
  const { held, unanswered } = ruling.state;
  if (ruling.policy.stopped && held.length + unanswered.length > 0) callInBotsPlace(ruling);
}
