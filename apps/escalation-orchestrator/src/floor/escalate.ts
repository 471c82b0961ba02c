import { nextOpening } from '@baton/contracts';
import type { Cause, DeclineReason } from '@baton/contracts';
import type { Handover } from './conversation.js';
import type { WaitingLine } from './facts.js';
import { endAsking } from './follow-up/asking.js';
import { offeringWaysOn, offerMailInstead } from './follow-up/offer.js';
import { about, announceAcceptance, announceRequest, openHandover } from './handover.js';
import { planSession, postHeldWords, postWaitingNotes } from './desk-work.js';
import { ESCALATION_DEADLINE, AVAILABILITY_TIMEOUT } from './policy.js';
import { answerDue } from './promises/answer-due.js';
import { endPromises, promise } from './promises/ledger.js';
import { mayPromise } from './promising/may-promise.js';
import { whoAnswers } from './promising/who-answers.js';
import { noteNobodyCame, takeHandover } from './rules/loop-budget.js';
import type { Ruling } from './ruling.js';
import { startWaitingTimers } from './start-timers.js';
import { waitingText } from './waiting/waiting-text.js';

interface Request {
  readonly requestedBy: Handover['requestedBy'];
  readonly category: string | null;
  readonly reason: string | null;
  /** The bot goes on speaking until an agent writes. */
  readonly botStays: boolean;
  readonly cause?: Cause | undefined;
  /** False when it answers no turn of its own: then nobody knows which of the open ones it is about, and none is taken from the bot. */
  readonly isOfTurn?: boolean | undefined;
}

/**
 * A human was asked for while the bot has the floor: nothing is promised before Crisp has answered, and Crisp is not asked in vain.
 * False when too many were asked for lately: then nothing is begun.
 */
export function escalate(ruling: Ruling, request: Request): boolean {
  const { policy, now } = ruling;
  if (!takeHandover(ruling)) return false;
  endAsking(ruling);
  const open = openHandover(ruling, { ...request, step: 'asking', sessionId: null, stateClock: 0 });
  const may = mayPromise(policy, now);
  if (may.is === 'no') {
    announceRequest(ruling, open);
    decline(ruling, may.reason, open);
    return true;
  }
  if (!request.botStays && request.isOfTurn !== false) ruling.takeTurnsBack();
  ruling.change({ handover: open, botStays: request.botStays, mutedUntil: null, elsewhereSince: null });
  ruling.clearTimers();
  ruling.moveFloor('escalating');
  if (!request.botStays) ruling.tellBot({ type: 'bot.muted', data: { epoch: ruling.state.epoch, reason: 'handover-requested' } });
  // What was gathered for it, the bot that stays hears as well as the agents.
  else {
    ruling.giveTurn(ruling.state.held);
    ruling.change({ held: ruling.state.held.map((word) => ({ ...word, heard: true })) });
  }
  announceRequest(ruling, open);
  const text = ruling.wording.say('oneMoment');
  const messageId = ruling.deliverSystemLine(text, true);
  promise(ruling, { kind: 'look', dueAt: now + ESCALATION_DEADLINE, messageId, text });
  ruling.setTimer('escalation-deadline', now + ESCALATION_DEADLINE);
  const { operatorIds } = whoAnswers(policy.handover, open.category);
  ruling.desk({
    kind: 'ask-availability',
    handoverId: open.id,
    websiteId: open.websiteId,
    category: open.category,
    ...(operatorIds === undefined ? {} : { operatorIds }),
    deadline: now + AVAILABILITY_TIMEOUT,
  });
  return true;
}

/** Agents are there: the conversation is opened in their inbox, step by step, with what the visitor said meanwhile behind it. */
export function prepareDesk(ruling: Ruling): void {
  ruling.changeHandover({ step: 'opening' });
  planSession(ruling);
  postWaitingNotes(ruling);
  postHeldWords(ruling);
}

/** The conversation is in the inbox with its first message: only now the visitor is told. */
export function accept(ruling: Ruling, line?: WaitingLine): void {
  const handover = ruling.state.handover;
  if (!handover) return;
  ruling.changeHandover({ acceptedAt: ruling.now, step: 'done' });
  ruling.change({ held: [] });
  ruling.clearTimers('escalation-deadline');
  ruling.moveFloor('waiting');
  announceAcceptance(ruling);
  endPromises(ruling, ['look'], 'kept');
  const text = waitingText(ruling, line);
  const messageId = ruling.deliverSystemLine(text);
  startWaitingTimers(ruling);
  promise(ruling, { kind: 'answer', dueAt: answerDue(ruling), messageId, text });
}

/** No human can be promised: the bot's own line says so, the bot has the floor, and hears what was said meanwhile. */
export function decline(ruling: Ruling, reason: DeclineReason, asked: Handover | null = ruling.state.handover): void {
  if (!asked) return;
  const wasMuted = ruling.state.floor !== 'bot';
  if (ruling.state.handover) {
    ruling.push({ do: 'withdraw-desk-work', handoverId: asked.id });
    if (asked.sessionId) ruling.desk({ kind: 'set-state', handoverId: asked.id, websiteId: asked.websiteId, state: 'resolved' });
    ruling.clearTimers();
    ruling.change({
      handover: null,
      lastHandover: {
        id: asked.id,
        number: asked.number,
        websiteId: asked.websiteId,
        sessionId: asked.sessionId,
        endedAt: ruling.now,
        stateClock: asked.stateClock,
      },
    });
    ruling.moveFloor('bot');
  }
  const opens = reason === 'closed' ? nextOpening(ruling.policy.handover.hours, ruling.now) : null;
  offerMailInstead(ruling, asked, reason);
  ruling.deliverBotLine(offeringWaysOn(ruling, ruling.wording.noAgent(reason, opens === null ? {} : { time: opens }), reason));
  noteNobodyCame(ruling, asked);
  endPromises(ruling, ['look'], 'apologised');
  ruling.announce({
    type: 'handover.declined',
    data: { ...about(asked), epoch: ruling.state.epoch, reason, ...(opens === null ? {} : { opens_at: new Date(opens).toISOString() }) },
  });
  if (!wasMuted) return;
  ruling.push({ do: 'unmute', epoch: ruling.state.epoch, reason: 'declined', handoverId: asked.id });
  ruling.giveHeldAsTurn();
}
