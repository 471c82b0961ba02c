import type { Conversation } from '../conversation.js';
import { addressOf } from './address.js';

/**
 * Where an agent's word reaches the visitor aloud: in his channel, or by Crisp's e-mail, which Crisp sends where it knows an address of
 * his and was not told that he was shown it. Never both: what he has by e-mail stands in the chat without a sound, and what he was shown
 * Crisp is told of. Messenger reaches him wherever he is.
 */
export function whereHeIs({ channel, present, userData }: Pick<Conversation, 'channel' | 'present' | 'userData'>): 'channel' | 'mail' {
  return channel === 'webchat' && !present && addressOf(userData) !== null ? 'mail' : 'channel';
}
