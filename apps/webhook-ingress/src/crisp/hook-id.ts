import { createHash } from 'node:crypto';
import { derivedId } from '@baton/contracts';
import type { CrispWebhook } from '@baton/contracts';

/**
 * The id of what a web hook says, the same each time and through whichever door it comes: Crisp sends no delivery id and may repeat itself.
 * A message is told by its fingerprint; its content may be edited several times, so an edit is told by its time, too, and so is a state,
 * which comes and goes. Whatever else there is, is told by its bytes.
 */
export function hookId(hook: CrispWebhook, rawBody: Buffer): string {
  const { website_id: website, event, timestamp, data } = hook;
  const { session_id: session, fingerprint, state } = data;
  if (session !== undefined) {
    switch (event) {
      case 'message:send':
      case 'message:received':
      case 'message:removed':
        if (typeof fingerprint === 'number') return derivedId('crisp', website, session, fingerprint, event);
        break;
      case 'message:updated':
        if (typeof fingerprint === 'number') return derivedId('crisp', website, session, fingerprint, event, timestamp);
        break;
      case 'session:set_state':
        if (typeof state === 'string') return derivedId('crisp', website, session, state, event, timestamp);
        break;
    }
  }
  return derivedId('crisp-bytes', createHash('sha256').update(rawBody).digest('base64'));
}
