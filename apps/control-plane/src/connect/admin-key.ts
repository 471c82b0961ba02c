import { createHash, timingSafeEqual } from 'node:crypto';
import { Refusal } from './refusal.js';

/** So many wrong keys a minute are answered as such, of all callers together: guessing is slow. */
const WRONG_KEYS_A_MINUTE = 30;
const MINUTE_MS = 60_000;

/** Who may change connections: whoever has the key of the environment. */
export class AdminKey {
  private readonly hash: Buffer | undefined;
  private wrong = { since: 0, count: 0 };

  constructor(
    key: string | undefined,
    private readonly now: () => number = Date.now,
  ) {
    this.hash = key === undefined ? undefined : hashOf(key);
  }

  /** @throws Refusal when the header does not hold the key */
  require(authorization: string | undefined): void {
    if (!this.hash) throw new Refusal('not-configured', 'set CONTROL_PLANE_KEY to a long random key, and send it as bearer token');
    const given = /^Bearer ([\x21-\x7e]{1,512})$/i.exec(authorization ?? '')?.[1];
    if (given !== undefined && timingSafeEqual(hashOf(given), this.hash)) return;
    const now = this.now();
    if (now - this.wrong.since > MINUTE_MS) this.wrong = { since: now, count: 0 };
    this.wrong.count += 1;
    if (this.wrong.count > WRONG_KEYS_A_MINUTE) throw new Refusal('too-many-requests', 'too many wrong keys; try again in a minute');
    throw new Refusal('unauthorized', 'the Authorization header must hold the bearer key of the control plane');
  }
}

const hashOf = (key: string): Buffer => createHash('sha256').update(key).digest();
