import type { MessengerWebhook } from '@baton/contracts';
import type { MessengerFact } from './facts.js';

/** What an event says, to the app with this id. It never throws: what cannot be read is `unknown`. */
export function readMessengerEvent(webhook: MessengerWebhook, ownAppId: string): MessengerFact {
  void ownAppId;
  const { pageId, userId, sentAt, standby } = webhook;
  return { kind: 'unknown', pageId, userId, at: sentAt, standby, opensWindow: false, says: '' };
}
