import type { Ruling } from '../ruling.js';
import { SILENCE_TIMERS, WAITING_TIMERS, startSilenceTimer, startWaitingTimers } from '../start-timers.js';

/**
 * An agent asked for time: until then (ms) no timer warns, speaks to the visitor or gives him back; from then on the
 * normal time runs, whole. The last word counts, so that a shorter one ends a longer one. Whoever asks has taken the conversation.
 */
export function hold(ruling: Ruling, untilMs: number): void {
  const { floor, handover, timers } = ruling.state;
  if (!handover) return;
  const owesAnswer = timers.some(({ kind }) => kind === 'silence');
  ruling.changeHandover({ heldUntil: untilMs, takenAt: handover.takenAt ?? ruling.now });
  ruling.clearTimers(...WAITING_TIMERS, ...SILENCE_TIMERS);
  if (floor === 'waiting') startWaitingTimers(ruling);
  if (floor === 'agent' && owesAnswer) startSilenceTimer(ruling);
}
