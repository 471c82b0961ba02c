import { createHmac, timingSafeEqual } from 'node:crypto';

const SIGNATURE = /^sha256=([0-9a-f]{64})$/;

/**
 * Whether one of the app's secrets signed these bytes (`X-Hub-Signature-256`: `sha256=` and 64 lower-case hex digits). Meta escapes what is not
 * ASCII before it signs, so only the bytes as they came count; SHA-1 never does, and an empty secret never fits.
 */
export function verifyMessengerHook(signature: string | undefined, secrets: readonly string[], rawBody: Buffer): boolean {
  const digits = SIGNATURE.exec(signature ?? '')?.[1];
  if (digits === undefined) return false;
  const given = Buffer.from(digits, 'hex');
  let signed = false;
  // Every secret is looked at, so that the time taken says nothing about which one it was.
  for (const secret of secrets) {
    const same = timingSafeEqual(createHmac('sha256', secret).update(rawBody).digest(), given);
    signed = (same && secret !== '') || signed;
  }
  return signed;
}
