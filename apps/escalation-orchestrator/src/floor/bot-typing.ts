import type { Conversation } from './conversation.js';

/** The bot says that it works on this turn. */
export interface BotTyping {
  readonly botId: string;
  readonly turn: number;
  readonly epoch: number;
}

type Known = Pick<Conversation, 'botId' | 'floor' | 'botStays' | 'mutedUntil' | 'openTurns'>;

/** Whether the visitor is shown that the bot writes: exactly where an answer to that turn would be shown now. */
export function mayShowTyping(conversation: Known, { botId, turn }: BotTyping): boolean {
  const { floor, botStays, mutedUntil, openTurns } = conversation;
  if (conversation.botId !== botId || mutedUntil !== null) return false;
  return (floor === 'bot' || botStays) && openTurns.includes(turn);
}
