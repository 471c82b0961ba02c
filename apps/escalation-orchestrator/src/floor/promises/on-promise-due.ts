import type { OpenPromise } from '../conversation.js';
import { decline } from '../escalate.js';
import type { Ruling } from '../ruling.js';
import { startSilenceTimer } from '../start-timers.js';
import { endPromises } from './ledger.js';
import { remindOfBroken, remindOfEnd } from './reminders.js';
import { isToBeWarnedOf } from './times.js';

/** Each promise that is due, and was not ended by whoever else was due, ends in words; whom it depends on is reminded before that. */
export function onPromiseDue(ruling: Ruling): void {
  for (const promise of ruling.state.promises) {
    if (promise.dueAt <= ruling.now) apologise(ruling, promise);
    else if (isToBeWarnedOf(promise, ruling.now)) warn(ruling, promise);
  }
}

function warn(ruling: Ruling, promise: OpenPromise): void {
  const promises = ruling.state.promises.map((one) => (one.id === promise.id ? { ...one, warned: true as const } : one));
  ruling.change({ promises });
  ruling.push({ do: 'promise', change: { is: 'warned', id: promise.id } });
  remindOfEnd(ruling, promise);
}

function apologise(ruling: Ruling, promise: OpenPromise): void {
  const { floor } = ruling.state;
  if (promise.kind === 'look' && floor === 'escalating') return decline(ruling, 'took-too-long');
  ruling.deliverSystemLine(apologyFor(ruling, promise));
  remindOfBroken(ruling, promise);
  if (promise.kind === 'return' && floor === 'agent') startSilenceTimer(ruling);
  endPromises(ruling, [promise.kind], 'apologised');
}

function apologyFor({ state, wording }: Ruling, { kind, dueAt }: OpenPromise): string {
  if (kind === 'mail') return wording.say('followUpLate', { time: dueAt });
  // Only who is with the bot can ask it for a human; who waits or has an agent is in the right place.
  return wording.say(kind === 'bot' && state.floor === 'bot' ? 'promiseBroken' : 'takesLonger');
}
