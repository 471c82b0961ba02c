import type { TimerKind } from './conversation.js';
import { postNote } from './desk-work.js';
import { decline } from './escalate.js';
import { onAddressAwaited } from './follow-up/on-follow-up.js';
import { giveBack } from './give-back.js';
import { endMute } from './mute.js';
import { onPromiseDue } from './promises/on-promise-due.js';
import { onBotSilence } from './ratings/on-rated.js';
import type { Ruling } from './ruling.js';
import { onKeepAlive } from './waiting/keep-alive.js';

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
      ruling.deliverSystemLine(ruling.wording.say('stillWaiting'), true);
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
    case 'keep-alive':
      return onKeepAlive(ruling);
    case 'promise':
      return onPromiseDue(ruling);
    case 'follow-up-address':
      return onAddressAwaited(ruling);
    case 'bot-silence':
      return onBotSilence(ruling);
  }
}
