import type { Cause } from '@baton/contracts';
import { MAX_RECENT } from '../conversation.js';
import type { Handover, HeldWord } from '../conversation.js';
import type { Ruling } from '../ruling.js';

const HOUR = 3_600_000;
const MINUTE = 60_000;
/** A request so soon after nobody came, without a word of the visitor in between, is a machine's (ms). */
export const CIRCLE = 60_000;

/** Nobody came, and the visitor was told so: the same request is not made again before he says something. */
export function noteNobodyCame(ruling: Ruling, asked: Pick<Handover, 'cause'>): void {
  const calledInVain = ruling.policy.stopped ? ruling.now : ruling.state.calledInVain;
  ruling.change({ nobodyCame: { at: ruling.now, by: asked.cause?.by ?? null, wrote: false }, calledInVain });
}

/** The visitor wrote: whatever went round in a circle without him may begin anew. */
export function noteVisitorWrote(ruling: Ruling): void {
  const { nobodyCame } = ruling.state;
  if (nobodyCame && !nobodyCame.wrote) ruling.change({ nobodyCame: { ...nobodyCame, wrote: true } });
}

/** An error and a handover follow each other: the bot asks again for whom it was just refused. */
export function isCircle({ state: { nobodyCame }, now }: Pick<Ruling, 'state' | 'now'>): boolean {
  return nobodyCame !== null && !nobodyCame.wrote && now - nobodyCame.at < CIRCLE;
}

function lately(times: readonly number[], now: number, within: number): readonly number[] {
  return times.filter((at) => at > now - within);
}

/** Whether one more handover may be asked for. Changes nothing. */
export function isHandoverLeft(ruling: Ruling): boolean {
  const { recentHandovers } = ruling.state;
  return !isCircle(ruling) && lately(recentHandovers, ruling.now, HOUR).length < ruling.policy.handover.budget.handoversPerHour;
}

/**
 * Takes one of the hour's handovers. False when there is none left: the visitor is told once for each of his words that no human comes,
 * and somebody is alarmed.
 */
export function takeHandover(ruling: Ruling): boolean {
  const { now } = ruling;
  if (isHandoverLeft(ruling)) {
    ruling.change({ recentHandovers: [...lately(ruling.state.recentHandovers, now, HOUR), now].slice(-MAX_RECENT) });
    return true;
  }
  const { nobodyCame } = ruling.state;
  // A rule and the bot heard the same wish in the same words: that is no circle.
  const isEcho = isCircle(ruling) && nobodyCame !== null && isByRule(nobodyCame.by);
  if (!isEcho) ruling.push({ do: 'alarm', name: 'handover-loop' });
  if (nobodyCame === null || nobodyCame.wrote) {
    ruling.deliverBotLine(ruling.wording.noAgent(null));
    noteNobodyCame(ruling, {});
  }
  return false;
}

function isByRule(by: Cause['by'] | null): boolean {
  return by === 'words' || by === 'asks-for-human' || by === 'frustration';
}

/** So many lines the bot may still show before the visitor says something; an hour after the first of them it begins anew. */
export function linesLeft(ruling: Ruling): number {
  const { botStretch } = ruling.state;
  const since = botStretch.linesSince ?? ruling.now;
  if (botStretch.linesInARow === 0 || ruling.now - since >= HOUR) {
    ruling.change({ botStretch: { ...botStretch, linesInARow: 0, linesSince: ruling.now } });
  }
  return Math.max(0, ruling.policy.handover.budget.botLinesInARow - ruling.state.botStretch.linesInARow);
}

/** The bot's next turn, unless it had too many of them in a minute: then the visitor's words are gathered until it may have one. */
export function giveTurnInTime(ruling: Ruling, word: HeldWord): void {
  const isLeft = takeTurn(ruling);
  ruling.hold(word);
  if (!isLeft) return ruling.setTimer('gathered-turn', ruling.state.recentTurns[0]! + MINUTE);
  ruling.clearTimers('gathered-turn');
  ruling.giveHeldAsTurn();
}

/** The turn of a bot that stays while a human is awaited; beyond those of a minute (false) only the human is told, and the bot where none comes. */
export function giveTurnBesides(ruling: Ruling, word: HeldWord): boolean {
  if (ruling.policy.stopped) return false;
  const isLeft = takeTurn(ruling);
  if (isLeft) ruling.giveTurn([word]);
  return isLeft;
}

/** Takes one of the minute's turns. False when there is none left: then somebody is alarmed. */
function takeTurn(ruling: Ruling): boolean {
  const { now, state, policy } = ruling;
  const { turnsPerMinute } = policy.handover.budget;
  const turns = lately(state.recentTurns, now, MINUTE).slice(-turnsPerMinute);
  const isLeft = turns.length < turnsPerMinute;
  ruling.change({ recentTurns: isLeft ? [...turns, now] : turns });
  if (!isLeft) ruling.push({ do: 'alarm', name: 'bot-loop' });
  return isLeft;
}

/** What was gathered becomes one turn, where the bot still has the floor. */
export function onGatheredTurn(ruling: Ruling): void {
  const { floor, mutedUntil, held } = ruling.state;
  if (floor !== 'bot' || mutedUntil !== null || held.length === 0) return;
  ruling.change({ recentTurns: [...lately(ruling.state.recentTurns, ruling.now, MINUTE), ruling.now].slice(-MAX_RECENT) });
  ruling.giveHeldAsTurn();
}
