import { ERASED_ADDRESS } from '@baton/persistence/retention';
import { freshConversation } from '../floor/conversation.js';
import type { Conversation } from '../floor/conversation.js';

/**
 * What stays of a conversation that is erased: its numbering, so that its visitor may come back and nothing of before is taken for new, and
 * when it was erased (ms).
 */
export function erasedConversation(before: Conversation, erasedAt: number): Conversation {
  const { id, botId, channel, epoch, turn, deliverySequence, linePosition, lastFingerprint, handoverCount } = before;
  return {
    ...freshConversation({ id, botId, channel, address: ERASED_ADDRESS }),
    ...{ epoch: epoch + 1, turn, deliverySequence, linePosition, lastFingerprint, handoverCount, erasedAt },
  };
}

/** Whether something that happened then (ms) is of the time before: it never comes back. */
export function isOfBefore({ erasedAt }: Pick<Conversation, 'erasedAt'>, at: number | undefined): boolean {
  return erasedAt !== undefined && at !== undefined && at <= erasedAt;
}
