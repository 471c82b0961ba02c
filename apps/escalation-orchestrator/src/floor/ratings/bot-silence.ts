import type { Ruling } from '../ruling.js';
import { beginQuestion } from './rated-stretches.js';
import { ratingTaps } from './rating-taps.js';

/** With fewer answers there was nothing yet to have an opinion of. */
const ANSWERS = 2;
/** Who was asked about a human so short a time ago (ms) is not asked about the bot, too. */
const BREATHER = 900_000;

/** The visitor spoke to the bot: when he says nothing for a while, the talk is over. */
export function awaitBotSilence(ruling: Ruling): void {
  const { bot, botSilenceSeconds } = ruling.policy.handover.ratings;
  if (bot && !ruling.state.botStretch.rated) ruling.setTimer('bot-silence', ruling.now + botSilenceSeconds * 1_000);
}

/** He said nothing to the bot for a while: once in a talk he is asked how it was, if he is there and nothing else is open with him. */
export function onBotSilence(ruling: Ruling): void {
  const { botStretch, handoverCount } = ruling.state;
  if (
    ruling.policy.stopped ||
    !ruling.policy.handover.ratings.bot ||
    botStretch.rated ||
    botStretch.answers < ANSWERS ||
    isElsewhere(ruling)
  )
    return;
  ruling.change({ botStretch: { ...botStretch, rated: true } });
  beginQuestion(ruling, { stretch: 'bot', handoverId: null }, handoverCount);
  ruling.deliverSystemLine(ruling.wording.say('askBotRating'), true, ratingTaps(null));
}

/** Somebody else has his attention, or owes him something first; or he is gone. */
function isElsewhere({ state, now }: Ruling): boolean {
  const { floor, mutedUntil, openTurns, followUp, channel, present, ratings } = state;
  if (floor !== 'bot' || mutedUntil !== null || openTurns.length > 0) return true;
  if (followUp !== null && followUp.step !== 'open') return true;
  if (channel === 'webchat' && !present) return true;
  return ratings.some(({ stretch, at }) => stretch === 'human' && now - at < BREATHER);
}
