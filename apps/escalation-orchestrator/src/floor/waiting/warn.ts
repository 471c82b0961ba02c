import { postNote } from '../desk-work.js';
import type { TimerKind } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { inWords } from './in-words.js';
import { scheduleKeepAlive } from './keep-alive.js';
import { isComfortedAt, waitEndsAt } from './next-word.js';

const WARNINGS: readonly TimerKind[] = ['no-accept-warning', 'no-first-answer-warning'];

/** Nobody has answered yet: the agents hear when the visitor is given back, and he that he is not forgotten. */
export function warnOfGiveBack(ruling: Ruling): void {
  const { floor } = ruling.state;
  const end = waitEndsAt(ruling.state);
  if (floor !== 'waiting' || end === null) return;
  takeOffDue(ruling);
  warn(ruling, 'The visitor is still waiting for an answer.', end);
  if (!isComfortedAt(ruling.state, ruling.now, end)) return;
  comfort(ruling);
  scheduleKeepAlive(ruling, ruling.now);
}

/** He is told that he is not forgotten, once in a wait; null when he was told before. */
export function comfort(ruling: Ruling): { readonly messageId: string; readonly text: string } | null {
  if (ruling.state.handover?.comforted) return null;
  const text = ruling.wording.say('stillWaiting');
  const messageId = ruling.deliverSystemLine(text, true);
  ruling.changeHandover({ comforted: true });
  return { messageId, text };
}

/** One warning is enough where two are due. */
function takeOffDue(ruling: Ruling): void {
  const { state, now } = ruling;
  ruling.change({ timers: state.timers.filter(({ kind, dueAt }) => dueAt > now || !WARNINGS.includes(kind)) });
}

/** An agent has not answered the visitor's last words. */
export function warnOfSilence(ruling: Ruling): void {
  const end = ruling.state.timers.find(({ kind }) => kind === 'silence')?.dueAt;
  if (ruling.state.floor === 'agent' && end !== undefined) warn(ruling, 'The visitor wrote and has no answer yet.', end);
}

/** A warning that could not be posted before the end is none any more. */
function warn(ruling: Ruling, why: string, end: number): void {
  const { handover } = ruling.state;
  if (!handover) return;
  const more = ruling.policy.handover.commands ? ' If you need more time, write the private note !hold 20m.' : '';
  const text = `${why} In ${inWords(end - ruling.now)} he will be given back to the bot.${more}`;
  postNote(ruling, handover, text, { deadline: end });
}
