import { CONTACT_BY_EMAIL, offersMailFor, withWaysOn } from '@baton/contracts';
import type { BotMessage, DeclineReason, QuickReply, WaysOn } from '@baton/contracts';
import type { DeclinedHandover } from '../conversation.js';
import type { FloorPolicy } from '../policy.js';
import type { Ruling } from '../ruling.js';

function offersMail({ handover, websiteId }: FloorPolicy, reason: DeclineReason): Pick<DeclinedHandover, 'offersMail'> {
  return offersMailFor(reason, handover, websiteId !== null) ? { offersMail: true } : {};
}

/** No human came of this request: an answer by e-mail may take its place. */
export function offerMailInstead(ruling: Ruling, { id, number, category }: Omit<DeclinedHandover, 'reason'>, reason: DeclineReason): void {
  ruling.change({ declined: { id, number, category, reason, ...offersMail(ruling.policy, reason) } });
}

/** It is offered until the visitor says something. */
export function mailTap({ state, wording }: Ruling): QuickReply[] {
  const isOffered = state.floor === 'bot' && state.followUp === null && state.declined?.offersMail === true;
  return isOffered ? [{ title: wording.say('contactByEmail'), payload: CONTACT_BY_EMAIL }] : [];
}

export function endOffer(ruling: Ruling): void {
  const { declined } = ruling.state;
  if (declined?.offersMail) ruling.change({ declined: { ...declined, offersMail: undefined } });
}

/** Nobody can be promised: the line that says so, with the ways on where there are some. */
export function offeringWaysOn(ruling: Ruling, line: BotMessage, reason: DeclineReason): BotMessage {
  return offersMail(ruling.policy, reason).offersMail ? withWaysOn(line, waysOnOf(ruling)) : line;
}

/** What the taps say, in the visitor's language. */
export function waysOnOf({ wording }: Ruling): WaysOn {
  return { contactByEmail: wording.say('contactByEmail'), continueWithBot: wording.say('continueWithBot') };
}
