import type { TimeoutKind } from '@baton/contracts';
import { beginBotStretch } from './bot-stretch.js';
import { nextBlock } from './coming-back/next-block.js';
import { openTaps } from './coming-back/open-taps.js';
import { sayResolved } from './coming-back/say-back.js';
import type { EndedHandover, Handover } from './conversation.js';
import { postNote } from './desk-work.js';
import { about } from './handover.js';
import { offerMailInstead } from './follow-up/offer.js';
import { endFollowUpWith } from './follow-up/on-follow-up.js';
import { endPromises } from './promises/ledger.js';
import { noteNobodyCame } from './rules/loop-budget.js';
import type { Ruling } from './ruling.js';
import { leftNote } from './waiting/left-note.js';

type End = (
  | { readonly why: 'resolved'; readonly at: number; readonly sessionGone?: boolean }
  | { readonly why: 'timed-out'; readonly timeout: TimeoutKind }
  | { readonly why: 'cancelled'; readonly by: 'visitor' | 'bot' }
) & {
  /** Which block of its flow the bot is to go on with, as an agent chose. */
  readonly block?: string | null | undefined;
};

const TIMED_OUT_NOTE = 'Nobody answered in time: the visitor was given back to the bot. Write here to take over again.';

/** An episode ends: the bot has the floor again, the visitor and the bot are told, and so is the desk where it was not the desk that ended it. */
export function giveBack(ruling: Ruling, end: End): void {
  const { handover } = ruling.state;
  if (!handover) return;
  const endedAt = end.why === 'resolved' ? end.at : ruling.now;
  const unaccepted = ruling.state.floor === 'escalating';
  ruling.clearTimers();
  ruling.change({
    handover: null,
    lastHandover: {
      id: handover.id,
      number: handover.number,
      websiteId: handover.websiteId,
      sessionId: end.why === 'resolved' && end.sessionGone ? null : handover.sessionId,
      endedAt,
      stateClock: end.why === 'resolved' ? Math.max(end.at, handover.stateClock) : handover.stateClock,
      category: handover.category,
      agent: handover.agent,
      lastWordAt: handover.lastWordAt,
      ...reopenable(ruling, handover, end),
    },
  });
  beginBotStretch(ruling);
  ruling.change({ calledInVain: undefined });
  ruling.moveFloor('bot');
  // Who was promised an answer and had none is told so, however it ended; an agent who came by himself had promised none.
  const isUnanswered =
    !handover.answeredElsewhere &&
    (end.why === 'timed-out' || (end.why === 'resolved' && handover.connectedAt === null && handover.requestedBy !== 'agent'));
  if (end.why === 'timed-out') offerMailInstead(ruling, handover, 'took-too-long');
  if (end.why === 'resolved' && !isUnanswered) sayResolved(ruling, handover);
  else ruling.deliverSystemLine(ruling.wording.say(isUnanswered ? 'timedOut' : 'cancelled'), false, openTaps(ruling));
  if (isUnanswered) noteNobodyCame(ruling, handover);
  endPromises(ruling, ['look', 'answer', 'return', 'bot'], isUnanswered ? 'apologised' : 'cancelled');
  if (end.why === 'resolved') endFollowUpWith(ruling, handover);
  if (end.why !== 'resolved') {
    if (unaccepted) ruling.push({ do: 'withdraw-desk-work', handoverId: handover.id });
    postNote(ruling, handover, end.why === 'cancelled' ? leftNote(handover, ruling.now) : TIMED_OUT_NOTE);
    // Where an answer by e-mail is owed there too, the conversation stays open for that.
    if (end.why === 'cancelled' && handover.sessionId && handover.sessionId !== ruling.state.followUp?.sessionId) {
      ruling.desk({ kind: 'set-state', handoverId: handover.id, websiteId: handover.websiteId, state: 'resolved' });
    }
  }
  const of = { ...about(handover), epoch: ruling.state.epoch };
  const { reopenableUntil } = ruling.state.lastHandover ?? {};
  const until = reopenableUntil === undefined ? {} : { reopenable_until: new Date(reopenableUntil).toISOString() };
  if (end.why === 'resolved') ruling.announce({ type: 'handover.resolved', data: { ...of, ...until } });
  else if (end.why === 'timed-out') ruling.announce({ type: 'handover.timed-out', data: { ...of, timeout: end.timeout } });
  else ruling.announce({ type: 'handover.cancelled', data: { ...of, cancelled_by: end.by } });
  ruling.push({
    do: 'unmute',
    epoch: ruling.state.epoch,
    reason: end.why,
    handoverId: handover.id,
    continueWith: nextBlock(ruling.policy.handover.continueWith, { ...end, category: handover.category }),
    ...(handover.connectedAt === null
      ? {}
      : { capsule: { beganAt: handover.connectedAt, endedAt: Math.max(endedAt, handover.connectedAt), category: handover.category } }),
  });
  if (unaccepted) ruling.giveHeldAsTurn();
  else ruling.change({ held: [] });
}

/** What an agent resolved may be taken up again for a while, as long as its session is there. */
function reopenable(ruling: Ruling, handover: Handover, end: End): Pick<EndedHandover, 'reopenableUntil' | 'asksOn'> {
  const { reopenSeconds } = ruling.policy.handover;
  if (end.why !== 'resolved') return {};
  if (end.sessionGone || !handover.sessionId || reopenSeconds === 0) return { asksOn: true };
  return { asksOn: true, reopenableUntil: ruling.now + reopenSeconds * 1_000 };
}
