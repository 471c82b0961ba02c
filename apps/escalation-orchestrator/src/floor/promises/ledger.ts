import { derivedId } from '@baton/contracts';
import type { OpenPromise } from '../conversation.js';
import type { Ruling } from '../ruling.js';
import { answerDueNow } from './answer-due.js';
import { wakesAt } from './times.js';

export type PromiseKind = OpenPromise['kind'];
export type PromiseEnd = 'kept' | 'cancelled' | 'apologised';

interface Promised {
  readonly kind: PromiseKind;
  /** ms */
  readonly dueAt: number;
  /** The line that says it, and its words. */
  readonly messageId: string;
  readonly text: string;
  readonly handoverId?: string | null;
}

/** What a new promise puts in the place of, in words: an agent who asks for time says when the answer comes, and an answer by e-mail has a time, too. */
const REPLACES: Readonly<Record<PromiseKind, readonly PromiseKind[]>> = {
  look: ['look'],
  answer: ['look', 'answer'],
  mail: ['mail', 'bot'],
  return: ['answer', 'return'],
  bot: ['bot'],
};

/**
 * Something was promised to the visitor: from now on it must end as kept, cancelled in words, or apologised for. One of a kind is
 * open at a time: its line takes the place of an earlier one.
 */
export function promise(ruling: Ruling, { kind, dueAt, messageId, text, handoverId }: Promised): void {
  endPromises(ruling, REPLACES[kind], 'cancelled');
  const made: OpenPromise = {
    id: derivedId('promise', ruling.state.id, messageId, kind),
    kind,
    handoverId: handoverId ?? ruling.state.handover?.id ?? null,
    madeAt: ruling.now,
    dueAt,
  };
  ruling.change({ promises: [...ruling.state.promises, made] });
  ruling.push({ do: 'promise', change: { is: 'made', promise: made, messageId, text } });
}

/** Every open promise of these kinds ends this way. */
export function endPromises(ruling: Ruling, kinds: readonly PromiseKind[], is: PromiseEnd): void {
  const ended = ruling.state.promises.filter((one) => kinds.includes(one.kind));
  if (ended.length === 0) return;
  ruling.change({ promises: ruling.state.promises.filter((one) => !ended.includes(one)) });
  for (const { id, kind, dueAt } of ended) ruling.push({ do: 'promise', change: { is, id, kind, dueAt } });
}

/** Ledger and timers agree, whatever was done to either: the end of an answer is that of the wait, and one timer looks after all promises. */
export function keepInStep(ruling: Ruling): void {
  moveAnswer(ruling);
  wakeForPromises(ruling);
}

function moveAnswer(ruling: Ruling): void {
  const answer = ruling.state.promises.find(({ kind }) => kind === 'answer');
  if (!answer) return;
  const dueAt = answerDueNow(ruling.state, answer.dueAt);
  if (dueAt === answer.dueAt) return;
  const moved: OpenPromise = { ...answer, dueAt, warned: undefined };
  ruling.change({ promises: ruling.state.promises.map((one) => (one === answer ? moved : one)) });
  ruling.push({ do: 'promise', change: { is: 'moved', id: answer.id, dueAt } });
}

function wakeForPromises(ruling: Ruling): void {
  const { promises, timers } = ruling.state;
  const next = promises.length === 0 ? undefined : Math.min(...promises.map(wakesAt));
  if (timers.find(({ kind }) => kind === 'promise')?.dueAt === next) return;
  if (next === undefined) ruling.clearTimers('promise');
  else ruling.setTimer('promise', next);
}
