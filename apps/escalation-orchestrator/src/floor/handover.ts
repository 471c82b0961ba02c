import { derivedId } from '@baton/contracts';
import type { Handover } from './conversation.js';
import type { Ruling } from './ruling.js';

/** The id of a conversation's nth episode, from 1. */
export function handoverIdOf(conversationId: string, number: number): string {
  return derivedId('handover', conversationId, number);
}

/** The next episode of this conversation; its id follows from its number. */
export function openHandover(
  ruling: Ruling,
  parts: Pick<Handover, 'requestedBy' | 'category' | 'reason' | 'step' | 'sessionId' | 'stateClock' | 'cause'>,
): Handover {
  const number = ruling.state.handoverCount + 1;
  ruling.change({ handoverCount: number });
  return {
    id: handoverIdOf(ruling.state.id, number),
    number,
    category: parts.category,
    reason: parts.reason,
    cause: parts.cause,
    requestedBy: parts.requestedBy,
    step: parts.step,
    sessionId: parts.sessionId,
    stateClock: parts.stateClock,
    requestedAt: ruling.now,
    websiteId: ruling.policy.websiteId ?? '',
    acceptedAt: null,
    takenAt: null,
    connectedAt: null,
    agent: null,
  };
}

export function announceRequest(ruling: Ruling, handover: Handover): void {
  ruling.announce({
    type: 'handover.requested',
    data: {
      ...about(handover),
      epoch: ruling.state.epoch,
      requested_by: handover.requestedBy,
      ...(handover.reason ? { reason: handover.reason } : {}),
      ...(handover.cause ? { cause: handover.cause } : {}),
      ...(handover.reopens === undefined ? {} : { reopens: handover.reopens }),
    },
  });
}

export function announceAcceptance(ruling: Ruling): void {
  const { handover, epoch } = ruling.state;
  if (!handover?.sessionId) return;
  ruling.announce({
    type: 'handover.accepted',
    data: { ...about(handover), epoch, crisp_website_id: handover.websiteId, crisp_session_id: handover.sessionId },
  });
}

export function about(handover: { id: string; category?: string | null }): { handover_id: string; category?: string } {
  return { handover_id: handover.id, ...(handover.category ? { category: handover.category } : {}) };
}
