import type { Ruling } from '../ruling.js';
import { QUIET, nextWordAt } from './next-word.js';

/** Each word is so many times later than the one before. */
const GROWTH = 1.5;

/** How long the visitor is without a word before he is given the nth one (from 0), in ms. */
export function keepAliveGap(seconds: number, nth: number): number {
  return Math.round(seconds * 1_000 * GROWTH ** nth);
}

/** The next line of those that are said while he waits, if there is one left; the gap to it runs from that time (ms). */
export function scheduleKeepAlive(ruling: Ruling, from: number): void {
  const seconds = ruling.policy.handover.waiting.keepAliveSeconds;
  const { keepAlives: said = 0, answeredElsewhere } = ruling.state.handover ?? {};
  if (seconds === 0 || answeredElsewhere || said >= ruling.wording.keepAlive.length) ruling.clearTimers('keep-alive');
  else ruling.setTimer('keep-alive', from + keepAliveGap(seconds, said));
}

/** A word while he waits, each once; it gives way to what he is about to be told anyway. */
export function onKeepAlive(ruling: Ruling): void {
  const { floor, handover } = ruling.state;
  if (floor !== 'waiting' || !handover) return;
  const next = nextWordAt(ruling.state);
  if (next !== null && next - ruling.now < QUIET) return ruling.setTimer('keep-alive', Math.max(next, ruling.now) + QUIET);
  const said = handover.keepAlives ?? 0;
  const line = ruling.wording.keepAlive[said];
  if (line === undefined) return;
  ruling.deliverSystemLine(line, true);
  ruling.changeHandover({ keepAlives: said + 1 });
  scheduleKeepAlive(ruling, ruling.now);
}

/** He was just told something else: the word in between is not said at once behind it. */
export function keepDistance(ruling: Ruling): void {
  const due = ruling.state.timers.find(({ kind }) => kind === 'keep-alive')?.dueAt;
  const earliest = ruling.now + QUIET;
  if (due !== undefined && due < earliest) ruling.setTimer('keep-alive', earliest);
}
