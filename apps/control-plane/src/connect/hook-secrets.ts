import { createHash, randomBytes } from 'node:crypto';

/** A secret for a web hook's address. */
export function newHookSecret(): string {
  return randomBytes(24).toString('base64url');
}

/** The new one in front, behind it the one that was in use; one that was on its way out is taken no more. */
export function rotated(secrets: readonly string[], added: string, keepsOld: boolean): string[] {
  return [added, ...(keepsOld ? secrets.slice(0, 1) : [])];
}

/** What is left when some have ended; the last one stays, or no web hook would be taken at all. */
export function withoutEnded(secrets: readonly string[], hasEnded: (secret: string) => boolean): string[] {
  const left = secrets.filter((secret) => !hasEnded(secret));
  return left.length > 0 ? left : secrets.slice(0, 1);
}

/** By which an ended secret is known again, however it is sealed. */
export function hashOfSecret(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}
