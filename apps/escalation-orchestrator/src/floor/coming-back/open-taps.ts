import { STILL_NEED_HELP } from '@baton/contracts';
import type { BotMessage, QuickReply } from '@baton/contracts';
import { mailTap } from '../follow-up/offer.js';
import { ratingTaps } from '../ratings/rating-taps.js';
import type { Ruling } from '../ruling.js';

/** More under one line no channel takes. */
const MOST_TAPS = 13;

/** A human resolved the conversation a moment ago, and it may be taken up again. */
export function isReopenable({ state, now }: Pick<Ruling, 'state' | 'now'>): boolean {
  const last = state.lastHandover;
  return state.floor === 'bot' && !!last?.sessionId && !last.reopened && now <= (last.reopenableUntil ?? -1);
}

/** What the visitor may tap after a human was done, or nobody was there, until he says something. */
export function openTaps(ruling: Ruling): QuickReply[] {
  const { lastHandover, rating } = ruling.state;
  if (!lastHandover?.asksOn) return mailTap(ruling);
  const help = isReopenable(ruling) ? [{ title: ruling.wording.say('stillNeedHelp'), payload: STILL_NEED_HELP }] : [];
  return [...help, ...(rating === null ? [] : ratingTaps(rating.handoverId))];
}

/** Channels show the taps of the newest line only: while the visitor says nothing, ours stand beside the bot's. */
export function withOpenTaps(ruling: Ruling, message: BotMessage): BotMessage {
  const its = message.quick_replies ?? [];
  const ours = openTaps(ruling)
    .filter(({ payload }) => !its.some((one) => one.payload === payload))
    .map((tap) => ({ ...tap, content_type: 'text' as const }));
  if (ours.length === 0 || ours.length + its.length > MOST_TAPS) return message;
  return { ...message, quick_replies: [...its, ...ours] };
}
