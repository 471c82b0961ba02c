import { createHmac, timingSafeEqual } from 'node:crypto';

/**
 * Whether one of the app's secrets signed these bytes (`X-Hub-Signature-256`: `sha256=` and 64 lower-case hex digits). Meta escapes what is not
 * ASCII before it signs, so only the bytes as they came count; SHA-1 never does.
 */
export function verifyMessengerHook(signature: string | undefined, secrets: readonly string[], rawBody: Buffer): boolean {
  const digits = /^sha256=([0-9a-f]{64})$/.exec(signature ?? '')?.[1];
  if (digits === undefined) return false;
  const given = Buffer.from(digits, 'hex');
  // Every secret is looked at, so that the time taken says nothing about which one it was.
  return secrets.reduce(
    (matched, secret) => timingSafeEqual(createHmac('sha256', secret).update(rawBody).digest(), given) || matched,
    false,
  );
}
