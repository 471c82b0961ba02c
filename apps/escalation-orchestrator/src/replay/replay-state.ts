import type { ReplayState } from '@baton/contracts';
import type { Action } from '../floor/actions.js';
import { textOf } from '../floor/conversation.js';
import type { Conversation } from '../floor/conversation.js';

/** A conversation in short, without what people said. */
export function stateInShort({ floor, epoch, turn, handover, timers, held, unanswered, promises }: Conversation): ReplayState {
  return {
    floor,
    epoch,
    turn,
    handover:
      handover && `${handover.number}, ${handover.step === 'done' ? (handover.connectedAt ? 'connected' : 'waiting') : handover.step}`,
    timers: Object.fromEntries(timers.map(({ kind, dueAt }) => [kind, dueAt])),
    held: held.length,
    unanswered: unanswered.length,
    promises: promises.map(({ kind }) => kind),
  };
}

/** What a decision says to the visitor, by the place of its action. */
export function wordsOf(actions: readonly Action[]): Record<string, string> {
  return Object.fromEntries(
    actions.flatMap((action, nth) => {
      if (action.do === 'deliver' || action.do === 'record') return [[String(nth), textOf(action.line.body)]];
      return action.do === 'edit' ? [[String(nth), textOf(action.body)]] : [];
    }),
  );
}
