import type { Ruling } from './ruling.js';

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
