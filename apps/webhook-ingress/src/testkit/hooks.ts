import { createHmac } from 'node:crypto';
import { WEBSITE } from './known-settings.js';

export const SESSION = 'session_aaaaaaaa-bbbb-4ccc-8ddd-eeeeeeeeeeee';

/** A web hook as Crisp sends it: compact JSON. */
export function aHook(o: { event?: string; websiteId?: string; timestamp?: number; data?: Record<string, unknown> } = {}): Buffer {
  const { event = 'message:received', websiteId = WEBSITE, timestamp = 1_760_000_000_200, data = {} } = o;
  const message = {
    website_id: websiteId,
    session_id: SESSION,
    type: 'text',
    from: 'operator',
    origin: 'chat',
    content: 'Hello',
    fingerprint: 176_000_000_012_342,
  };
  return Buffer.from(JSON.stringify({ website_id: websiteId, event, data: { ...message, ...data }, timestamp }));
}

export function signatureOf(body: Buffer, timestamp: number | string, secret = 'signing-secret'): { timestamp: string; signature: string } {
  const signature = createHmac('sha256', secret).update(`[${timestamp};`).update(body).update(']').digest('hex');
  return { timestamp: String(timestamp), signature };
}
