import { createHmac } from 'node:crypto';

/** Crisp's signature of a plugin hook: lower-case hex of HMAC-SHA256 over `[<request timestamp>;<body>]`. */
export function signHook(secret: string, requestTimestamp: number | string, body: string): string {
  return createHmac('sha256', secret).update(`[${requestTimestamp};${body}]`).digest('hex');
}
