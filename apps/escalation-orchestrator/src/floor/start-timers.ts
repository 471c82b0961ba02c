import type { TimerKind } from './conversation.js';
import type { Ruling } from './ruling.js';
import { scheduleKeepAlive } from './waiting/keep-alive.js';

const SECOND = 1_000;

/** All that runs while the visitor waits for the first word of a human. */
export const WAITING_TIMERS = ['no-accept', 'no-accept-warning', 'no-first-answer', 'no-first-answer-warning', 'keep-alive'] as const;
/** What runs while an agent owes the visitor an answer. */
export const SILENCE_TIMERS = ['silence', 'silence-warning'] as const;

/** How long before the end the agents are warned: a quarter of the time, at most five minutes (ms). */
export function warningLead(seconds: number): number {
  return Math.min((seconds * SECOND) / 4, 300 * SECOND);
}

/** Time runs from now on, or from the end of what an agent asked for (ms). */
export function clockBegins({ now, state }: Ruling): number {
  return Math.max(now, state.handover?.heldUntil ?? now);
}

function start(ruling: Ruling, kind: TimerKind & ('no-accept' | 'no-first-answer' | 'silence'), seconds: number): void {
  if (seconds === 0) return;
  const end = clockBegins(ruling) + seconds * SECOND;
  ruling.setTimer(`${kind}-warning`, end - warningLead(seconds));
  ruling.setTimer(kind, end);
}

/** The floor is `waiting`: somebody must take it, and answer; until then the visitor has a word now and then. */
export function startWaitingTimers(ruling: Ruling): void {
  const { noAcceptSeconds, noFirstAnswerSeconds } = ruling.policy.handover.timers;
  if (ruling.state.handover?.takenAt === null) start(ruling, 'no-accept', noAcceptSeconds);
  start(ruling, 'no-first-answer', noFirstAnswerSeconds);
  scheduleKeepAlive(ruling, clockBegins(ruling));
}

/** The visitor wrote to the agent: an answer is owed from the first unanswered word on. */
export function startSilenceTimer(ruling: Ruling): void {
  if (ruling.state.timers.some((timer) => timer.kind === 'silence')) return;
  start(ruling, 'silence', ruling.policy.handover.timers.silenceSeconds);
}
