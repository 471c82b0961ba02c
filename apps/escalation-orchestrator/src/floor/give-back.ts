import type { TimeoutKind } from '@baton/contracts';
import { postNote } from './desk-work.js';
import { about } from './escalate.js';
import { endPromises } from './promises/ledger.js';
import type { Ruling } from './ruling.js';
import { leftNote } from './waiting/left-note.js';

type End =
  | { readonly why: 'resolved'; readonly at: number; readonly sessionGone?: boolean }
  | { readonly why: 'timed-out'; readonly timeout: TimeoutKind }
  | { readonly why: 'cancelled'; readonly by: 'visitor' | 'bot' };

const TIMED_OUT_NOTE = 'Nobody answered in time: the visitor was given back to the bot. Write here to take over again.';

/** An episode ends: the bot has the floor again, the visitor and the bot are told, and so is the desk where it was not the desk that ended it. */
export function giveBack(ruling: Ruling, end: End): void {
  const { handover } = ruling.state;
  if (!handover) return;
  const endedAt = end.why === 'resolved' ? end.at : ruling.now;
  const heardByBot = ruling.state.botStays;
  const unaccepted = ruling.state.floor === 'escalating';
  ruling.clearTimers();
  ruling.change({
    handover: null,
    botStays: false,
    lastHandover: {
      id: handover.id,
      number: handover.number,
      websiteId: handover.websiteId,
      sessionId: end.why === 'resolved' && end.sessionGone ? null : handover.sessionId,
      endedAt,
      stateClock: end.why === 'resolved' ? Math.max(end.at, handover.stateClock) : handover.stateClock,
    },
  });
  ruling.moveFloor('bot');
  // Who was promised an answer and had none is told so, however it ended.
  const isUnanswered = end.why === 'timed-out' || (end.why === 'resolved' && handover.connectedAt === null);
  ruling.deliverSystemLine(ruling.wording.say(isUnanswered ? 'timedOut' : end.why));
  endPromises(ruling, ['look', 'answer', 'return', 'bot'], isUnanswered ? 'apologised' : 'cancelled');
  if (end.why !== 'resolved') {
    if (unaccepted) ruling.push({ do: 'withdraw-desk-work', handoverId: handover.id });
    postNote(ruling, handover, end.why === 'cancelled' ? leftNote(handover, ruling.now) : TIMED_OUT_NOTE);
    if (end.why === 'cancelled' && handover.sessionId) {
      ruling.desk({ kind: 'set-state', handoverId: handover.id, websiteId: handover.websiteId, state: 'resolved' });
    }
  }
  const of = { ...about(handover), epoch: ruling.state.epoch };
  if (end.why === 'resolved') ruling.announce({ type: 'handover.resolved', data: of });
  else if (end.why === 'timed-out') ruling.announce({ type: 'handover.timed-out', data: { ...of, timeout: end.timeout } });
  else ruling.announce({ type: 'handover.cancelled', data: { ...of, cancelled_by: end.by } });
  ruling.push({ do: 'unmute', epoch: ruling.state.epoch, reason: end.why, handoverId: handover.id });
  if (unaccepted && !heardByBot) ruling.giveHeldAsTurn();
  else ruling.change({ held: [] });
}
