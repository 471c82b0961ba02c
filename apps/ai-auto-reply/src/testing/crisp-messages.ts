import { CrispMessageSchema } from '@baton/crisp';
import type { CrispConversation, CrispMessage } from '@baton/crisp';

/** A message as Crisp lists it; its fingerprint is its time unless said otherwise. */
export function aMessage(from: 'user' | 'operator', at: number, patch: Record<string, unknown> = {}): CrispMessage {
  const message = { type: 'text', from, origin: 'chat', content: `${from} at ${at}`, fingerprint: at, timestamp: at };
  return CrispMessageSchema.parse({ ...message, ...patch });
}

/** A conversation as Crisp shows it. */
export function aConversation(patch: Partial<CrispConversation> = {}): CrispConversation {
  return { session_id: 'session_a', state: 'pending', updated_at: 1, meta: { segments: [], data: {} }, ...patch } as CrispConversation;
}
