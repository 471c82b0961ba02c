import { createHmac, hash, timingSafeEqual } from 'node:crypto';

export interface SignedHook {
  /** The plugin's signing secrets: one, or two while rotating. Empty ones never fit. */
  readonly secrets: readonly string[];
  /** `X-Crisp-Request-Timestamp`: milliseconds, or seconds when it has ten digits. */
  readonly timestampHeader: string | undefined;
  /** `X-Crisp-Signature`: lower-case hex. */
  readonly signatureHeader: string | undefined;
  /** The body's bytes as they came. */
  readonly rawBody: Buffer;
  readonly now: Date | number;
  /** A signed request this much older or newer than `now` is stale; undefined switches the window off. */
  readonly freshnessMs?: number | undefined;
}

const TIMESTAMP = /^(?:\d{10}|\d{13})$/;
const SIGNATURE = /^[0-9a-f]{64}$/;

/**
 * Whether a plugin's web hook was signed by Crisp. The signature covers the timestamp header as it is written and the body:
 * the raw bytes first; then, because Crisp's own Node library signs what it serialised anew, the body in that form.
 */
export function verifyPluginHook(hook: SignedHook): 'ok' | 'bad-signature' | 'stale' {
  const { timestampHeader: timestamp, signatureHeader: signature } = hook;
  if (timestamp === undefined || !TIMESTAMP.test(timestamp)) return 'bad-signature';
  if (signature === undefined || !SIGNATURE.test(signature)) return 'bad-signature';
  const given = Buffer.from(signature, 'hex');
  if (!isSigned(hook.secrets, timestamp, hook.rawBody, given)) {
    const serialised = serialisedAnew(hook.rawBody);
    if (serialised === undefined || !isSigned(hook.secrets, timestamp, serialised, given)) return 'bad-signature';
  }
  const age = Math.abs(Number(hook.now) - inMilliseconds(Number(timestamp)));
  return hook.freshnessMs !== undefined && age > hook.freshnessMs ? 'stale' : 'ok';
}

/** Whether the secret of a website hook's URL is one of ours. Every secret is compared, in constant time. */
export function verifyHookSecret(given: string | undefined, secrets: readonly string[]): boolean {
  if (given === undefined || given === '') return false;
  const digest = sha256(given);
  let fits = false;
  for (const secret of secrets) {
    const same = timingSafeEqual(digest, sha256(secret));
    fits = (same && secret !== '') || fits;
  }
  return fits;
}

/** Crisp speaks milliseconds; ten digits (seconds) are met too. */
export function inMilliseconds(timestamp: number): number {
  return timestamp < 100_000_000_000 ? timestamp * 1_000 : timestamp;
}

function isSigned(secrets: readonly string[], timestamp: string, body: Buffer, given: Buffer): boolean {
  let fits = false;
  for (const secret of secrets) {
    const mac = createHmac('sha256', secret).update(`[${timestamp};`).update(body).update(']').digest();
    fits = (timingSafeEqual(mac, given) && secret !== '') || fits;
  }
  return fits;
}

function serialisedAnew(rawBody: Buffer): Buffer | undefined {
  try {
    const body = Buffer.from(JSON.stringify(JSON.parse(rawBody.toString('utf8'))));
    return body.equals(rawBody) ? undefined : body;
  } catch {
    return undefined;
  }
}

function sha256(text: string): Buffer {
  return hash('sha256', text, 'buffer');
}
