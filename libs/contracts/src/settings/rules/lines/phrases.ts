import type { DeclineReason } from '../../../handovers/handovers.js';
import type { HandoverTexts } from '../../handover.js';

/** Everything that Baton itself says to a visitor, in one language. */
export interface Phrases {
  readonly texts: HandoverTexts;
  /** Said by the bot when no human can be promised; a reason without a line has the general one. `{time}`: when the team is back. */
  readonly noAgent: string;
  readonly noAgentFor: Readonly<Partial<Record<DeclineReason, string>>>;
  /** The tap that leaves the wait or the agent, at most 20 characters. */
  readonly backToBot: string;
  /** The taps below an address that he was shown: it is right, or he gives another one; at most 20 characters each. */
  readonly useAddress: string;
  readonly otherAddress: string;
  /** Said alone, in lower case and without accents, they leave the wait. */
  readonly leaveWords: readonly string[];
  readonly when: WhenPhrases;
}

/** A moment as people say it: what stands for `{time}` in the lines above. `{clock}`: the time of day. */
export interface WhenPhrases {
  readonly yesterday: string;
  readonly today: string;
  readonly tomorrow: string;
  /** A day of the next six: `{day}` is its name, or one line for each day from Sunday on, where they are not all said alike. */
  readonly weekday: string | readonly [string, string, string, string, string, string, string];
  /** Another day: `{day}` is `24 December`. */
  readonly date: string;
}
