import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SecretPurpose } from '@baton/contracts';

/**
 * The key ring of each purpose: keys of 32 bytes in base64, comma separated; the first one seals, each of them opens. A service has the
 * rings it needs and no others.
 */
export type SecretKeys = Readonly<Partial<Record<SecretPurpose, string>>>;

/** What a sealed secret is bound to: moved to another purpose or setting it cannot be opened. */
export interface SecretBinding {
  readonly purpose: SecretPurpose;
  readonly settingId: string;
}

export type SecretErrorCode = 'secret.not-sealed' | 'secret.no-key' | 'secret.unreadable';

/** A secret could not be opened; the message names its purpose and never quotes it. */
export class SecretError extends Error {
  override readonly name = 'SecretError';
  constructor(
    readonly code: SecretErrorCode,
    message: string,
  ) {
    super(`${code}: ${message}`);
  }
}

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const SEALED = /^sealed:v1:([a-z-]+):([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)\.([A-Za-z0-9_-]+)$/;

/** Encrypts a secret with the first key of the ring, for those who hold it: `sealed:v1:<purpose>:<iv>.<cipher text>.<tag>`. */
export function seal(binding: SecretBinding, ring: string, secret: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, keysOf(ring)[0]!, iv).setAAD(boundTo(binding));
  const text = Buffer.concat([cipher.update(secret, 'utf8'), cipher.final()]);
  return `sealed:v1:${binding.purpose}:${[iv, text, cipher.getAuthTag()].map((part) => part.toString('base64url')).join('.')}`;
}

/**
 * Decrypts what {@link seal} made for this setting.
 * @throws SecretError when it is not sealed, this service has no key of its purpose, or key, setting or bytes are other ones
 */
export function open(settingId: string, keys: SecretKeys, sealed: string): string {
  const parts = SEALED.exec(sealed);
  if (!parts) throw new SecretError('secret.not-sealed', `a value of ${settingId} is no sealed secret`);
  const purpose = parts[1] as SecretPurpose;
  const ring = keys[purpose];
  if (ring === undefined) throw new SecretError('secret.no-key', `this service has no key for secrets of ${purpose}`);
  const bytes = parts.slice(2).map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
  for (const key of keysOf(ring)) {
    const secret = openedWith(key, boundTo({ purpose, settingId }), bytes);
    if (secret !== undefined) return secret;
  }
  throw new SecretError('secret.unreadable', `a secret of ${settingId} was not sealed with a key of ours of ${purpose} for this setting`);
}

/** Whether the first key of its ring opens it: it was sealed since that one came. */
export function isSealedAnew(settingId: string, keys: SecretKeys, sealed: string): boolean {
  try {
    open(settingId, Object.fromEntries(Object.entries(keys).map(([purpose, ring]) => [purpose, ring?.split(',')[0]])), sealed);
    return true;
  } catch (error) {
    if (error instanceof SecretError) return false;
    throw error;
  }
}

function keysOf(ring: string): Buffer[] {
  return ring.split(',').map((key) => Buffer.from(key, 'base64'));
}

function openedWith(key: Buffer, aad: Buffer, [iv, text, tag]: readonly [Buffer, Buffer, Buffer]): string | undefined {
  try {
    const decipher = createDecipheriv(CIPHER, key, iv, { authTagLength: 16 });
    decipher.setAAD(aad).setAuthTag(tag);
    return Buffer.concat([decipher.update(text), decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

/** The purpose of a sealed secret; undefined when it is none. */
export function purposeOf(sealed: string): SecretPurpose | undefined {
  return SEALED.exec(sealed)?.[1] as SecretPurpose | undefined;
}

/** Every sealed secret inside a value of JSON. */
export function sealedIn(value: unknown): string[] {
  if (typeof value === 'string') return SEALED.test(value) ? [value] : [];
  if (value === null || typeof value !== 'object') return [];
  return Object.values(value).flatMap(sealedIn);
}

function boundTo({ purpose, settingId }: SecretBinding): Buffer {
  return Buffer.from(JSON.stringify(['baton.setting', purpose, settingId]));
}
