import type { BotStretch } from './conversation.js';
import type { Ruling } from './ruling.js';

export const FRESH_STRETCH: BotStretch = { answers: 0, fallbacks: 0, linesInARow: 0, rated: false };

/** A human had the floor, or the visitor left the wait for one: with the bot a new talk begins. */
export function beginBotStretch(ruling: Ruling): void {
  ruling.clearTimers('bot-silence');
  ruling.change({ botStretch: FRESH_STRETCH });
}

/** The bot said so many lines in one answer; a fallback is an answer that is none. */
export function countBotAnswer(ruling: Ruling, { lines, fallback }: { lines: number; fallback: boolean }): void {
  if (lines === 0 && !fallback) return;
  const { botStretch } = ruling.state;
  ruling.change({
    botStretch: {
      ...botStretch,
      answers: botStretch.answers + (lines === 0 ? 0 : 1),
      fallbacks: fallback ? botStretch.fallbacks + 1 : 0,
      linesInARow: botStretch.linesInARow + lines,
    },
  });
}

/** The visitor spoke: the bot's lines in a row end. */
export function countVisitorWord(ruling: Ruling): void {
  if (ruling.state.botStretch.linesInARow > 0) ruling.change({ botStretch: { ...ruling.state.botStretch, linesInARow: 0 } });
}
