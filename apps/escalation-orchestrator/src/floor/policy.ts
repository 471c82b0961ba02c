import type { BotSettings } from '@baton/contracts';

/** What the rule must know of the bot's settings and of the service; no secrets. */
export interface FloorPolicy {
  readonly botName: string;
  readonly botAvatar?: string | undefined;
  /** The language that the bot's own lines are written in, BCP 47; English when it is not known. */
  readonly locale?: string | undefined;
  readonly handover: BotSettings['handover'];
  /** Null when the bot has no connection to Crisp. */
  readonly websiteId: string | null;
  /** Messenger lets the agents answer for 7 days instead of 24 hours. */
  readonly humanAgent: boolean;
  /** Somebody switched off everything automatic here. */
  readonly stopped?: true | undefined;
}

/** ms until an unanswered question about availability counts as unknown. */
export const AVAILABILITY_TIMEOUT = 3_000;
/** ms from the request until the visitor gets the bot back when Crisp could not be prepared. */
export const ESCALATION_DEADLINE = 20_000;
/** An agent's words up to so many ms after the resolve belong to the ended episode. */
export const GOODBYE_GRACE = 5_000;
/** The longest text Crisp is given in one message; longer ones are cut at sentence ends. */
export const DESK_TEXT_LIMIT = 1_900;

export function floorPolicyOf(bot: BotSettings): FloorPolicy {
  return {
    botName: bot.name,
    botAvatar: bot.avatar,
    locale: bot.locale,
    handover: bot.handover,
    websiteId: bot.crisp?.websiteId ?? null,
    humanAgent: bot.messenger?.humanAgent ?? false,
  };
}
