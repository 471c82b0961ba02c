import { CrispError } from '@baton/crisp';
import type { CrispClient } from '@baton/crisp';
import type { EffectKind } from '@baton/effects';
import { putInInbox } from '../put-in-inbox.js';
import { judgeEnd, taskOf, withConnection } from './desk-parts.js';
import type { DeskParts } from './desk-parts.js';

/**
 * Opens the conversation in Crisp, or takes the earlier one again when it still exists, in the inbox of its category. Done twice after a lost answer it
 * leaves an empty conversation behind, which no inbox shows.
 */
export function openSessionKind(parts: DeskParts): EffectKind {
  return {
    perform: (effect, signal) => {
      const task = taskOf<'open-session'>(effect);
      return withConnection(parts, task, async ({ client }) => {
        const { websiteId, reuse, inboxId } = task;
        const isReused = reuse !== null && (await exists(client, websiteId, reuse, signal));
        const sessionId = isReused ? reuse : (await client.createConversation(websiteId, { signal })).sessionId;
        await putInInbox({ client, log: parts.log, signal }, { websiteId, sessionId }, inboxId);
        return { done: sessionId };
      });
    },
    settled: (manager, effect, end) => {
      const { handoverId } = taskOf<'open-session'>(effect);
      return judgeEnd(
        parts,
        manager,
        effect,
        'done' in end
          ? { kind: 'desk-opened', handoverId, sessionId: String(end.done) }
          : { kind: 'opening-failed', handoverId, code: end.refused },
      );
    },
  };
}

async function exists(client: CrispClient, websiteId: string, sessionId: string, signal: AbortSignal): Promise<boolean> {
  try {
    await client.getConversation({ websiteId, sessionId }, { signal });
    return true;
  } catch (error) {
    if (error instanceof CrispError && error.code === 'crisp.not-found') return false;
    throw error;
  }
}
