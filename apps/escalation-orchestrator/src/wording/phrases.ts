import type { DeclineReason, HandoverTexts } from '@baton/contracts';

/** Everything that Baton itself says to a visitor, in one language. */
export interface Phrases {
  readonly texts: HandoverTexts;
  /** Said by the bot when no human can be promised; a reason without a line has the general one. `{time}`: when the team is back. */
  readonly noAgent: string;
  readonly noAgentFor: Readonly<Partial<Record<DeclineReason, string>>>;
  /** The tap that leaves the wait or the agent, at most 20 characters. */
  readonly backToBot: string;
  /** Said alone, in lower case and without accents, they leave the wait. */
  readonly leaveWords: readonly string[];
}
