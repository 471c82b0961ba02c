/** The payload of the tap "back to the assistant": the visitor leaves the handover, or the wait for one. */
export const BACK_TO_BOT = 'baton:back-to-bot';
/** Nobody was there: he wants an answer by e-mail. */
export const CONTACT_BY_EMAIL = 'baton:contact-by-email';
/** Nobody was there: he goes on with the bot. */
export const CONTINUE_WITH_BOT = 'baton:continue-with-bot';
/** The address he was shown is right. */
export const USE_ADDRESS = 'baton:use-address';
/** It is not: he gives another one. */
export const OTHER_ADDRESS = 'baton:other-address';
/** A human resolved the conversation, and he still needs help. */
export const STILL_NEED_HELP = 'baton:still-need-help';

const RATE = 'baton:rate:';

/** What the visitor rates: the talk with the bot, or one handover. */
export interface RatedStretch {
  /** Null for a talk with the bot. */
  readonly handoverId: string | null;
  readonly stars: 1 | 2 | 3 | 4 | 5;
}

/** The payload of a tap that rates. */
export function ratingTap({ handoverId, stars }: RatedStretch): string {
  return `${RATE}${handoverId ?? 'bot'}:${stars}`;
}

/** What a payload rates; undefined when it is none of these taps. */
export function ratedBy(payload: string): RatedStretch | undefined {
  const [, of, stars] = /^baton:rate:(bot|[0-9a-f-]{36}):([1-5])$/.exec(payload) ?? [];
  if (of === undefined || stars === undefined) return undefined;
  return { handoverId: of === 'bot' ? null : of, stars: Number(stars) as RatedStretch['stars'] };
}
