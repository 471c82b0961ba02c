import type { TimeoutKind } from '@baton/contracts';
import type { Conversation, TimerKind } from './conversation.js';
import { decline } from './escalate.js';
import { onAddressAwaited } from './follow-up/on-follow-up.js';
import { giveBack } from './give-back.js';
import { callInBotsPlace } from './kill-switch/in-the-bots-place.js';
import { endMute } from './mute.js';
import { onPromiseDue } from './promises/on-promise-due.js';
import { onBotSilence } from './ratings/bot-silence.js';
import { onGatheredTurn } from './rules/loop-budget.js';
import type { Ruling } from './ruling.js';
import { keepDistance, onKeepAlive } from './waiting/keep-alive.js';
import { warnOfGiveBack, warnOfSilence } from './waiting/warn.js';

/**
 * Acts on each timer that is due, the earliest first; one that no longer fits the floor does nothing. However late it
 * comes (the service was away), it says only what is still so: a handover whose time is over ends, and nobody is warned of it any more.
 */
export function onTimePassed(ruling: Ruling): void {
  const due = ruling.state.timers
    .filter((timer) => timer.dueAt <= ruling.now)
    .sort((a, b) => a.dueAt - b.dueAt)
    .map(({ kind }) => kind);
  const end = due.find((kind) => fits(ruling.state, kind));
  for (const kind of end === undefined ? due : [end, ...due.filter((other) => other !== end)]) {
    // What was done before may have taken this one off, or moved it.
    if (!ruling.state.timers.some((timer) => timer.kind === kind && timer.dueAt <= ruling.now)) continue;
    ruling.clearTimers(kind);
    ring(ruling, kind);
  }
  if (ruling.actions.some((action) => action.do === 'deliver')) keepDistance(ruling);
}

/** Whether this timer ends what is going on. */
function fits({ floor, handover }: Conversation, kind: TimerKind): boolean {
  switch (kind) {
    case 'escalation-deadline':
      return floor === 'escalating';
    case 'no-accept':
      return floor === 'waiting' && handover?.takenAt === null;
    case 'no-first-answer':
      return floor === 'waiting';
    case 'silence':
      return floor === 'agent';
    default:
      return false;
  }
}

function timeOut(ruling: Ruling, timeout: TimeoutKind): void {
  if (fits(ruling.state, timeout)) giveBack(ruling, { why: 'timed-out', timeout });
}

function ring(ruling: Ruling, kind: TimerKind): void {
  switch (kind) {
    case 'escalation-deadline':
      if (fits(ruling.state, kind)) decline(ruling, 'took-too-long');
      return;
    case 'no-accept':
    case 'no-first-answer':
    case 'silence':
      return timeOut(ruling, kind);
    case 'no-accept-warning':
    case 'no-first-answer-warning':
      return warnOfGiveBack(ruling);
    case 'silence-warning':
      return warnOfSilence(ruling);
    case 'mute-expired':
      return endMute(ruling, 'mute-expired');
    case 'keep-alive':
      return onKeepAlive(ruling);
    case 'promise':
      return onPromiseDue(ruling);
    case 'follow-up-address':
      return onAddressAwaited(ruling);
    case 'bot-silence':
      return onBotSilence(ruling);
    case 'gathered-turn':
      return ruling.policy.stopped ? callInBotsPlace(ruling) : onGatheredTurn(ruling);
  }
}
