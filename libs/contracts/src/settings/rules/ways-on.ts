import type { BotMessage } from '../../bot-events/bot-events.js';
import type { QuickReply } from '../../conversation/message-body.js';
import { MAX_TAPS } from '../../conversation/shown/messenger-taps.js';
import { CONTACT_BY_EMAIL, CONTINUE_WITH_BOT } from '../../conversation/taps.js';
import type { DeclineReason } from '../../handovers/handovers.js';
import type { HandoverSettings } from '../handover.js';

/** Whether a bot's visitors may have an answer by e-mail. */
export function mayFollowUp(handover: HandoverSettings, isConnectedToCrisp: boolean): boolean {
  return handover.enabled && handover.followUp.enabled && isConnectedToCrisp;
}

/** Whether a visitor who was declined for this reason may have an answer by e-mail instead. */
export function offersMailFor(reason: DeclineReason, handover: HandoverSettings, isConnectedToCrisp: boolean): boolean {
  return reason !== 'channel-off' && mayFollowUp(handover, isConnectedToCrisp);
}

/** What the taps say that lead on when nobody is there. */
export interface WaysOn {
  readonly contactByEmail: string;
  readonly continueWithBot: string;
}

/** What he may tap when nobody is there. */
export function waysOn({ contactByEmail, continueWithBot }: WaysOn): QuickReply[] {
  return [
    { title: contactByEmail, payload: CONTACT_BY_EMAIL },
    { title: continueWithBot, payload: CONTINUE_WITH_BOT },
  ];
}

/** A line with the ways on below it. Whatever the owner lets tap comes first, and nothing stands there twice; more than a channel shows are left out. */
export function withWaysOn(line: BotMessage, titles: WaysOn): BotMessage {
  const own = line.quick_replies ?? [];
  const ours = waysOn(titles).filter(({ payload }) => !own.some((one) => one.payload === payload));
  return { ...line, quick_replies: [...own, ...ours.map((one) => ({ content_type: 'text' as const, ...one }))].slice(0, MAX_TAPS) };
}
