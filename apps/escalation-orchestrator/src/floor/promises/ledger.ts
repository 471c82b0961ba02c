import { derivedId } from '@baton/contracts';
import type { OpenPromise } from '../conversation.js';
import { MAX_PROMISES } from '../conversation.js';
import type { Ruling } from '../ruling.js';

type Kind = OpenPromise['kind'];

interface Promised {
  readonly kind: Kind;
  /** ms */
  readonly dueAt: number;
  /** The line that says it, and its words. */
  readonly messageId: string;
  readonly text: string;
  readonly handoverId?: string | null;
}

/** Something was promised to the visitor: from now on it must end as kept, cancelled in words, or apologised for. One of a kind is open at a time. */
export function promise(ruling: Ruling, { kind, dueAt, messageId, text, handoverId }: Promised): void {
  endPromises(ruling, [kind], 'cancelled');
  const made: OpenPromise = {
    id: derivedId('promise', ruling.state.id, messageId, kind),
    kind,
    handoverId: handoverId ?? ruling.state.handover?.id ?? null,
    madeAt: ruling.now,
    dueAt,
  };
  ruling.change({ promises: [...ruling.state.promises, made].slice(-MAX_PROMISES) });
  ruling.push({ do: 'promise', change: { is: 'made', promise: made, messageId, text } });
  wakeForPromises(ruling);
}

/** Every open promise of these kinds ends this way. */
export function endPromises(ruling: Ruling, kinds: readonly Kind[], is: 'kept' | 'cancelled' | 'apologised'): void {
  const ended = ruling.state.promises.filter((one) => kinds.includes(one.kind));
  if (ended.length === 0) return;
  ruling.change({ promises: ruling.state.promises.filter((one) => !ended.includes(one)) });
  for (const { id, dueAt } of ended) ruling.push({ do: 'promise', change: { is, id, dueAt } });
  wakeForPromises(ruling);
}

/** The timer that looks after the promise which is due next. */
export function wakeForPromises(ruling: Ruling): void {
  const due = ruling.state.promises.map(({ dueAt }) => dueAt);
  if (due.length === 0) ruling.clearTimers('promise');
  else ruling.setTimer('promise', Math.min(...due));
}
