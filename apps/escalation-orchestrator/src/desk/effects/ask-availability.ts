import type { EffectKind } from '@baton/effects';
import type { AvailabilityAnswer } from '../../floor/facts.js';
import { judgeEnd, taskOf, withConnection } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Are agents there, or those of the category? Whatever happens, there is an answer when the deadline comes. */
export function availabilityKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'ask-availability'>(effect);
      return withConnection(parts, task, async ({ client }) => {
        return { done: await parts.availability.ask(task, client, signal) };
      });
    },
    findOut: async () => 'did-not-happen',
    settled: (manager, effect, end) => {
      const { handoverId } = taskOf<'ask-availability'>(effect);
      const answer = 'done' in end ? (end.done as AvailabilityAnswer) : 'crisp-unreachable';
      return judgeEnd(parts, manager, effect, { kind: 'availability-known', handoverId, answer });
    },
  };
}
