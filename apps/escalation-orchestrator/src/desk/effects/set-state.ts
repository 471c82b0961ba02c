import type { EffectKind } from '@baton/effects';
import { ORIGIN } from './post-message.js';
import { inSession, taskOf } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/** The longest that a call of ours may be under way (ms). */
const CALL_AT_MOST = 60_000;

/**
 * Sets the state in the inbox. That it was us is written down first: the web hook of our own change moves nothing, and a
 * reading of the session that is older than the change proves nothing.
 */
export function stateKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'set-state'>(effect);
      const { state } = task;
      return inSession(parts, task, async (client, at) => {
        const began = parts.now();
        await note(began, began + CALL_AT_MOST);
        await client.setState(at, { state, origin: ORIGIN }, { signal });
        await note(began, parts.now());
        return { done: null };

        async function note(from: number, until: number): Promise<void> {
          await parts.dataSource.query(
            'UPDATE crisp_sessions SET state_set = $2, state_set_from = to_timestamp($3 / 1000.0), state_set_until = to_timestamp($4 / 1000.0) WHERE session_id = $1',
            [at.sessionId, state, from, until],
          );
        }
      });
    },
    findOut: async () => 'did-not-happen',
  };
}
