import type { OpenPromise } from '../conversation.js';
import { postNote } from '../desk-work.js';
import type { Ruling } from '../ruling.js';
import { inWords } from '../waiting/in-words.js';
import { clockTime } from './clock-time.js';
import type { PromiseKind } from './ledger.js';

/** What the visitor relies on, as the agents are told. */
export const PROMISED: Readonly<Record<PromiseKind, string>> = {
  look: 'The visitor was told that somebody is looked for',
  answer: 'The visitor was promised an answer here',
  mail: 'The visitor was promised an answer by e-mail',
  return: 'The visitor was told that you come back to him',
  bot: 'The assistant told the visitor that a human takes care of this',
};

/** A private note while there is still time. */
export function remindOfEnd(ruling: Ruling, promise: OpenPromise): void {
  // Where a timer gives the visitor back, its own note says so.
  if (promise.kind === 'answer' && ruling.state.timers.some(({ kind }) => kind === 'no-first-answer' || kind === 'no-accept')) return;
  const text = `${promised(ruling, promise)}, which is in ${inWords(promise.dueAt - ruling.now)}.`;
  tell(ruling, promise, text, { deadline: promise.dueAt });
}

/** A private note when it is too late. */
export function remindOfBroken(ruling: Ruling, promise: OpenPromise): void {
  const text = `${promised(ruling, promise)}. That time has passed, and we told him that we are sorry. Please answer him now.`;
  tell(ruling, promise, text, { mustArrive: true });
}

function promised({ now, policy }: Ruling, { kind, dueAt }: OpenPromise): string {
  return `${PROMISED[kind]} until ${clockTime(dueAt, now, { language: 'en-GB', timeZone: policy.handover.hours?.timeZone })}`;
}

/** Into the inbox where somebody can act on it; a promise of the bot without a handover has none. */
function tell(ruling: Ruling, { kind }: OpenPromise, text: string, o: { mustArrive: true } | { deadline: number }): void {
  const { handover, followUp } = ruling.state;
  const desk = kind === 'mail' ? followUp && { ...followUp, id: followUp.handoverId } : handover;
  if (desk) postNote(ruling, desk, text, o);
}
