import { createHmac, timingSafeEqual } from 'node:crypto';
import { parse, stringify } from 'uuid';

export interface HistoryPass {
  readonly linkId: string;
  /** Whole seconds since 1970. */
  readonly expiresAt: number;
}

const PASS_BYTES = 16 + 6;
const SIGNATURE_BYTES = 32;

/** A link to a history: which one, until when, and our signature under both; 72 characters, safe in a URL. */
export function signHistoryToken(key: Buffer, { linkId, expiresAt }: HistoryPass): string {
  const pass = Buffer.alloc(PASS_BYTES);
  pass.set(parse(linkId), 0);
  pass.writeUIntBE(expiresAt, 16, 6);
  return Buffer.concat([pass, signatureOf(key, pass)]).toString('base64url');
}

/** What a token says, or null when we did not sign it. Whether it is expired or revoked is not asked here. */
export function readHistoryToken(key: Buffer, token: string): HistoryPass | null {
  if (!/^[A-Za-z0-9_-]{72}$/.test(token)) return null;
  const bytes = Buffer.from(token, 'base64url');
  if (bytes.length !== PASS_BYTES + SIGNATURE_BYTES) return null;
  const pass = bytes.subarray(0, PASS_BYTES);
  if (!timingSafeEqual(bytes.subarray(PASS_BYTES), signatureOf(key, pass))) return null;
  return { linkId: stringify(pass.subarray(0, 16)), expiresAt: pass.readUIntBE(16, 6) };
}

function signatureOf(key: Buffer, pass: Buffer): Buffer {
  return createHmac('sha256', key).update('baton:history:v1').update(pass).digest();
}
