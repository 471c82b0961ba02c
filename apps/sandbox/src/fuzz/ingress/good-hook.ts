import { signHook } from '../../crisp-simulator/hooks/sign.js';
import { HOOK_SECRET, OUTLET_WEBSITE, PLUGIN_ID, SIGNING_SECRET } from '../../platform/sandbox-crisp.js';

export const SIGNED_PATH = `/api/integrations/livechat/crisp/plugin/${PLUGIN_ID}`;
export const SECRET_PATH = `/api/integrations/livechat/crisp/webhook/demo?key=${HOOK_SECRET}`;
export const MESSENGER_PATH = '/api/integrations/messenger/webhook/demo';

/** A hook as Crisp sends it; each number is another message. */
export function goodHook(number: number): string {
  const session = `session_${String(number % 1_000_000).padStart(8, '0')}-bbbb-4ccc-8ddd-eeeeeeeeeeee`;
  const data = { website_id: OUTLET_WEBSITE, session_id: session, type: 'text', from: 'user', origin: 'chat', content: 'Hello' };
  return JSON.stringify({
    website_id: OUTLET_WEBSITE,
    event: 'message:send',
    data: { ...data, fingerprint: 176_000_000_000_000 + number },
    timestamp: 1_760_000_000_000,
  });
}

/** Rightly signed, whatever its body says. */
export function signedRequest(body: string | Buffer, more = ''): Buffer {
  const bytes = Buffer.from(body);
  const now = String(Date.now());
  const head =
    `POST ${SIGNED_PATH} HTTP/1.1\r\nHost: ingress\r\nContent-Type: application/json\r\nX-Crisp-Request-Timestamp: ${now}\r\n` +
    `X-Crisp-Signature: ${signHook(SIGNING_SECRET, now, bytes)}\r\nContent-Length: ${bytes.length}\r\n${more}\r\n`;
  return Buffer.concat([Buffer.from(head, 'latin1'), bytes]);
}
