import type { HandoverEvent } from '../floor/actions.js';
import type { Decided } from './carry-out.js';
import type { HandoverChange, HandoverNews, Writings } from './writings.js';

/** What an event changes of the facts of its handover, and of the one that it takes up again. */
export function handoverChanges(decided: Decided, event: HandoverEvent): HandoverChange[] {
  const reopens = event.type === 'handover.requested' ? event.data.reopens : undefined;
  return [changeBy(decided, event), ...(reopens === undefined ? [] : [reopenedChange(decided, reopens)])];
}

function changeBy({ before, after, now }: Decided, event: HandoverEvent): HandoverChange {
  const id = event.data.handover_id;
  const open = [after.handover, before.handover].find((one) => one?.id === id);
  const number = open?.number ?? (after.lastHandover?.id === id ? after.lastHandover.number : after.handoverCount);
  const of = { id, conversationId: after.id, botId: after.botId, number, category: event.data.category };
  switch (event.type) {
    case 'handover.requested':
      return {
        ...of,
        requestedBy: event.data.requested_by,
        reason: event.data.reason,
        requestedAt: now,
        websiteId: open?.websiteId || undefined,
        cause: event.data.cause,
        reopens: event.data.reopens,
      };
    case 'handover.accepted':
      return { ...of, acceptedAt: now, websiteId: event.data.crisp_website_id, sessionId: event.data.crisp_session_id };
    case 'handover.connected':
      return { ...of, connectedAt: now, agentName: event.data.agent.name };
    case 'handover.declined':
      return { ...of, endedAt: now, outcome: 'declined', outcomeDetail: event.data.reason };
    case 'handover.resolved':
      return { ...of, endedAt: now, outcome: 'resolved' };
    case 'handover.timed-out':
      return { ...of, endedAt: now, outcome: 'timed-out', outcomeDetail: event.data.timeout };
    case 'handover.cancelled':
      return { ...of, endedAt: now, outcome: 'cancelled', outcomeDetail: event.data.cancelled_by };
    case 'handover.followed-up':
      // What was declined before has ended then, and as that; an episode that began for an answer by e-mail ends with it.
      return { ...of, followedUpAt: now, endedAt: now, outcome: 'followed-up' };
    case 'handover.outcome':
      return of;
  }
}

/** The same event for whoever counts. */
export function handoverNews({ before, after, now }: Decided, event: HandoverEvent): HandoverNews {
  const of = [after.handover, before.handover].find((one) => one?.id === event.data.handover_id);
  return { botId: after.botId, type: event.type, reason: reasonOf(event), requestedAt: of?.requestedAt ?? null, at: now };
}

function reasonOf(event: HandoverEvent): string | null {
  switch (event.type) {
    case 'handover.requested':
      return event.data.requested_by;
    case 'handover.declined':
      return event.data.reason;
    case 'handover.timed-out':
      return event.data.timeout;
    case 'handover.cancelled':
      return event.data.cancelled_by;
    default:
      return null;
  }
}

/** Another handover takes this one up again. */
function reopenedChange({ before, after, now }: Decided, id: string): HandoverChange {
  const number = before.lastHandover?.id === id ? before.lastHandover.number : after.handoverCount - 1;
  return { id, conversationId: after.id, botId: after.botId, number, reopenedAt: now };
}

/** Somebody opened, took or answered it in the inbox. */
export function followTaking({ before, after }: Decided, writings: Writings): void {
  const { handover } = after;
  if (!handover?.takenAt || (before.handover?.id === handover.id && before.handover.takenAt !== null)) return;
  const { id, number, takenAt } = handover;
  writings.changeHandover({ id, conversationId: after.id, botId: after.botId, number, takenAt });
}
