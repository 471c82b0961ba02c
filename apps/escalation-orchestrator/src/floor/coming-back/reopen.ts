import { announceAcceptance, announceRequest, openHandover } from '../handover.js';
import type { EndedHandover, Handover } from '../conversation.js';
import { postHeldWords } from '../desk-work.js';
import { endAsking } from '../follow-up/asking.js';
import type { Ruling } from '../ruling.js';

/** What a handover that takes up another one in the same session begins with: the agents have it already. */
export function reopened(ruling: Ruling, last: EndedHandover, by: 'agent' | 'visitor', stateClock: number): Handover {
  ruling.change({ lastHandover: { ...last, reopened: true, asksOn: undefined }, rating: null });
  return {
    ...openHandover(ruling, {
      requestedBy: by,
      category: last.category ?? null,
      reason: null,
      step: 'done',
      sessionId: last.sessionId,
      stateClock,
      cause: { by },
    }),
    reopens: last.id,
    websiteId: last.websiteId,
    acceptedAt: ruling.now,
  };
}

/** The bot falls silent and the floor is `to`; whoever wants to know is told. What nobody had heard goes to the agents. */
export function takeUp(ruling: Ruling, open: Handover, to: 'waiting' | 'agent'): void {
  endAsking(ruling);
  ruling.takeTurnsBack();
  ruling.change({ handover: open, mutedUntil: null, elsewhereSince: null, botStays: false });
  postHeldWords(ruling);
  ruling.change({ held: [] });
  ruling.clearTimers();
  ruling.moveFloor(to);
  const reason = open.requestedBy === 'agent' ? 'agent-took-over' : 'handover-requested';
  ruling.tellBot({ type: 'bot.muted', data: { epoch: ruling.state.epoch, reason } });
  announceRequest(ruling, open);
  announceAcceptance(ruling);
}

/** By Crisp's clock alone, which may differ from ours: whether a time (ms) lies in the window that began with the end. */
export function isWithinWindow({ policy }: Ruling, last: EndedHandover, at: number): boolean {
  return last.reopenableUntil !== undefined && !last.reopened && at - last.endedAt <= policy.handover.reopenSeconds * 1_000;
}
