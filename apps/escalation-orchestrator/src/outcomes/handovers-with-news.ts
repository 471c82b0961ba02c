import type { Action } from '../floor/actions.js';
import type { Conversation } from '../floor/conversation.js';

/** The handovers of which one of these actions changes a fact after their end, or ends them. */
export function handoversWithNews(actions: readonly Action[], before: Conversation, after: Conversation): ReadonlySet<string> {
  const ids = new Set<string>();
  for (const action of actions) {
    const id = handoverWithNews(action, before);
    if (id !== null && id !== after.handover?.id) ids.add(id);
  }
  return ids;
}

function handoverWithNews(action: Action, before: Conversation): string | null {
  switch (action.do) {
    case 'announce': {
      const { type, data } = action.event;
      if (type === 'handover.requested') return data.reopens ?? null;
      return type === 'handover.accepted' || type === 'handover.connected' ? null : data.handover_id;
    }
    case 'rate':
      return action.rating.handoverId;
    case 'promise': {
      const { change } = action;
      if (change.is === 'made' || change.is === 'warned') return null;
      return before.promises.find(({ id }) => id === change.id)?.handoverId ?? null;
    }
    default:
      return null;
  }
}
