import { CONTACT_BY_EMAIL, CONTINUE_WITH_BOT } from '@baton/contracts';
import type { BotMessage, DeclineReason, QuickReply } from '@baton/contracts';
import type { DeclinedHandover } from '../conversation.js';
import type { FloorPolicy } from '../policy.js';
import type { Ruling } from '../ruling.js';

/** What a channel shows at most below one line. */
const MOST_TAPS = 13;

/** Whether this bot's visitors may have an answer by e-mail. */
export function mayFollowUp({ handover, websiteId }: FloorPolicy): boolean {
  return handover.enabled && handover.followUp.enabled && websiteId !== null;
}

/** Whether a visitor who was declined for this reason may have an answer by e-mail instead. */
function offersMail(policy: FloorPolicy, reason: DeclineReason): Pick<DeclinedHandover, 'offersMail'> {
  return reason !== 'channel-off' && mayFollowUp(policy) ? { offersMail: true } : {};
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

/** Nobody can be promised: the line that says so, with the ways on. Whatever the owner lets tap comes first, and nothing stands there twice. */
export function withWaysOn(ruling: Ruling, line: BotMessage, reason: DeclineReason): BotMessage {
  if (!offersMail(ruling.policy, reason).offersMail) return line;
  const own = line.quick_replies ?? [];
  const ours = waysOn(ruling).filter(({ payload }) => !own.some((one) => one.payload === payload));
  return { ...line, quick_replies: [...own, ...ours.map((one) => ({ content_type: 'text' as const, ...one }))].slice(0, MOST_TAPS) };
}

/** What he may tap when nobody is there. */
export function waysOn({ wording }: Ruling): QuickReply[] {
  return [
    { title: wording.say('contactByEmail'), payload: CONTACT_BY_EMAIL },
    { title: wording.say('continueWithBot'), payload: CONTINUE_WITH_BOT },
  ];
}
