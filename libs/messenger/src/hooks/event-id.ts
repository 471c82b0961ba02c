import { createHash } from 'node:crypto';
import { derivedId } from '@baton/contracts';
import type { MessengerWebhook } from '@baton/contracts';

/** The id of what Meta says about a person and a page, the same each time it is said. */
export function messengerEventId({ pageId, userId, event }: Omit<MessengerWebhook, 'botId'>): string {
  return derivedId('messenger-element', pageId, userId, createHash('sha256').update(JSON.stringify(event)).digest('base64'));
}
