import type { Conversation } from './conversation.js';

/** Where in Crisp something was noticed. */
export interface DeskPlace {
  readonly websiteId: string;
  readonly sessionId: string;
}

type Known = Pick<Conversation, 'floor' | 'handover'>;

/**
 * Whether what is seen of an agent in this session, that he writes or has read, is shown to the visitor: where he is waited for or heard now.
 * In a session of an episode that is over, and before the visitor was told of anybody, it would promise what nobody decided.
 */
export function mayShowAgentSigns({ floor, handover }: Known, { websiteId, sessionId }: DeskPlace): boolean {
  if (floor !== 'waiting' && floor !== 'agent') return false;
  return handover?.sessionId === sessionId && handover.websiteId === websiteId;
}

/** Where agents see that the visitor writes; null while no human hears him. */
export function placeOfVisitorSigns({ floor, handover }: Known): DeskPlace | null {
  if (floor !== 'waiting' && floor !== 'agent') return null;
  return handover?.sessionId ? { websiteId: handover.websiteId, sessionId: handover.sessionId } : null;
}
