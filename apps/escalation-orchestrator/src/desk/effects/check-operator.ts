import { CrispError } from '@baton/crisp';
import type { EffectKind } from '@baton/effects';
import { Operators } from '../commands/operators.js';
import { judgeEnd, taskOf, withConnection } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** Whether who wrote a command works for the website; what comes of it is judged as the command itself. */
export function checkOperatorKind(parts: DeskParts): EffectKind {
  const operators = new Operators(parts.now);
  return {
    perform: (effect, signal) => {
      const { websiteId, operatorId, ...task } = taskOf<'check-operator'>(effect);
      return withConnection(parts, { websiteId, botId: task.botId }, async ({ client }) => {
        try {
          const isAgent = await operators.has(websiteId, operatorId, async () =>
            (await client.getOperators(websiteId, { signal })).map(({ userId }) => userId),
          );
          return { done: isAgent ? 'agent' : 'stranger' };
        } catch (error) {
          // A token that may not read who works here: that Crisp names an operator at all has to do, for no token can.
          if (error instanceof CrispError && error.code === 'crisp.unauthorized' && error.status !== 401) return { done: 'agent' };
          throw error;
        }
      });
    },
    findOut: async () => 'did-not-happen',
    settled: (manager, effect, end) => {
      const { websiteId, sessionId, at, by, operatorId, command } = taskOf<'check-operator'>(effect);
      const writer = 'done' in end ? (end.done as 'agent' | 'stranger') : 'unknown';
      return judgeEnd(parts, manager, effect, { kind: 'agent-commanded', websiteId, sessionId, at, by, operatorId, writer, command });
    },
  };
}
