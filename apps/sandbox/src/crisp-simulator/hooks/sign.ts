import { createHmac } from 'node:crypto';

/** Crisp's signature of a plugin hook: lower-case hex of HMAC-SHA256 over `[<request timestamp>;<body>]`. */
export function signHook(secret: string, requestTimestamp: number | string, body: string | Buffer): string {
  return createHmac('sha256', secret).update(`[${requestTimestamp};`).update(body).update(']').digest('hex');
}
