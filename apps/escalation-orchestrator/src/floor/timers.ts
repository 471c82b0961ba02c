import { postNote } from './desk-work.js';
import { decline } from './escalate.js';
import { giveBack } from './give-back.js';
import type { Ruling } from './ruling.js';
import type { TimerKind } from './conversation.js';

const SECOND = 1_000;

/** How long before the end the agents are warned: a quarter of the time, at most five minutes. */
export function warningLead(seconds: number): number {
  return Math.min((seconds * SECOND) / 4, 300 * SECOND);
}

function start(ruling: Ruling, kind: 'no-accept' | 'no-first-answer' | 'silence', seconds: number): void {
  if (seconds === 0) return;
  const end = ruling.now + seconds * SECOND;
  ruling.setTimer(`${kind}-warning`, end - warningLead(seconds));
  ruling.setTimer(kind, end);
}

/** The floor is `waiting`: somebody must take it, and answer. */
export function startWaitingTimers(ruling: Ruling): void {
  const { noAcceptSeconds, noFirstAnswerSeconds } = ruling.policy.handover.timers;
  if (ruling.state.handover?.takenAt === null) start(ruling, 'no-accept', noAcceptSeconds);
  start(ruling, 'no-first-answer', noFirstAnswerSeconds);
}

/** The visitor wrote to the agent: an answer is owed from the first unanswered word on. */
export function startSilenceTimer(ruling: Ruling): void {
  if (ruling.state.timers.some((timer) => timer.kind === 'silence')) return;
  start(ruling, 'silence', ruling.policy.handover.timers.silenceSeconds);
}

/** Acts on each timer that is due, the earliest first; one that no longer fits the floor does nothing. */
export function onTimePassed(ruling: Ruling): void {
  const due = ruling.state.timers.filter((timer) => timer.dueAt <= ruling.now).sort((a, b) => a.dueAt - b.dueAt);
  for (const timer of due) {
    if (!ruling.state.timers.some((one) => one.kind === timer.kind)) continue;
    ruling.clearTimers(timer.kind);
    ring(ruling, timer.kind);
  }
}

function ring(ruling: Ruling, kind: TimerKind): void {
  const { floor, handover } = ruling.state;
  switch (kind) {
    case 'escalation-deadline':
      if (floor === 'escalating') decline(ruling, 'took-too-long');
      return;
    case 'no-accept-warning':
    case 'no-first-answer-warning':
      if (floor !== 'waiting' || !handover) return;
      postNote(ruling, handover, 'The visitor is still waiting for an answer. Soon he will be given back to the bot.');
      ruling.deliverSystemLine(ruling.policy.handover.texts.stillWaiting, true);
      return;
    case 'no-accept':
      if (floor === 'waiting' && handover?.takenAt === null) giveBack(ruling, { why: 'timed-out', timeout: 'no-accept' });
      return;
    case 'no-first-answer':
      if (floor === 'waiting') giveBack(ruling, { why: 'timed-out', timeout: 'no-first-answer' });
      return;
    case 'silence-warning':
      if (floor === 'agent' && handover) {
        postNote(ruling, handover, 'The visitor wrote and has no answer yet. Soon he will be given back to the bot.');
      }
      return;
    case 'silence':
      if (floor === 'agent') giveBack(ruling, { why: 'timed-out', timeout: 'silence' });
      return;
    case 'mute-expired':
      endMute(ruling, 'mute-expired');
      return;
  }
}

/** The bot's own mute ends: it hears what was said meanwhile. */
export function endMute(ruling: Ruling, reason: 'mute-expired' | 'asked-by-bot'): void {
  if (ruling.state.mutedUntil === null) return;
  ruling.change({ mutedUntil: null });
  ruling.clearTimers('mute-expired');
  if (ruling.state.floor !== 'bot') return;
  ruling.push({ do: 'unmute', epoch: ruling.state.epoch, reason, handoverId: null });
  ruling.giveHeldAsTurn();
}
