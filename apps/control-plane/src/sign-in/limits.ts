import { addressOf, Lock, Rates } from '@baton/telemetry';
import type { FastifyRequest } from 'fastify';
import { ApiRefusal } from '../api/problem.js';

export interface LimitsOptions {
  /** Proxies in front whose word about the client's address is believed. */
  readonly trustedProxies: number;
  /** What one caller may ask in a second, on average; ten seconds' worth at once. */
  readonly requestsPerSecond: number;
  readonly now?: () => number;
}

const SIGN_IN = 'Too many failed tries to sign in came from your address.';
const KEYS = 'Too many wrong keys came from your address.';

/** How often one may ask, and fail. Whoever does it too often is told when to come again. */
export class Limits {
  /** Of one address: ten failures at once, then one in fifteen seconds. */
  private readonly signIn = new Lock({ perSecond: 1 / 15, burst: 10 });
  /** Of one address: thirty wrong keys at once, then one in two seconds. */
  private readonly keys = new Lock({ perSecond: 1 / 2, burst: 30 });
  private readonly requests: Rates;

  constructor(private readonly o: LimitsOptions) {
    this.requests = new Rates({ perSecond: o.requestsPerSecond, burst: o.requestsPerSecond * 10 });
  }

  /** The client's address, as limits count it. */
  addressOf(request: Pick<FastifyRequest, 'headers' | 'socket'>): string {
    return addressOf(request, this.o.trustedProxies);
  }

  /** One request of a caller, who is named as no other is. @throws ApiRefusal */
  request(caller: string): void {
    refuse(this.requests.take(caller, this.now()), 'You ask more often than one caller may.');
  }

  /** Before a try to sign in. @throws ApiRefusal while the address is locked */
  beforeSignIn(address: string): void {
    refuse(this.signIn.waitMs(address, this.now()), SIGN_IN);
  }

  /** After one that failed. @throws ApiRefusal when it was one too many */
  afterFailedSignIn(address: string): void {
    refuse(this.signIn.fail(address, this.now()), SIGN_IN);
  }

  /** Before a key is looked at. @throws ApiRefusal while the address is locked */
  beforeKey(address: string): void {
    refuse(this.keys.waitMs(address, this.now()), KEYS);
  }

  /** After one that nobody has. @throws ApiRefusal when it was one too many */
  afterWrongKey(address: string): void {
    refuse(this.keys.fail(address, this.now()), KEYS);
  }

  private now(): number {
    return this.o.now?.() ?? Date.now();
  }
}

function refuse(waitMs: number, what: string): void {
  if (waitMs <= 0) return;
  const seconds = Math.ceil(waitMs / 1_000);
  throw new ApiRefusal('too-many-requests', `${what} Try again in ${seconds === 1 ? 'a second' : `${seconds} seconds`}.`, {
    retryAfter: seconds,
  });
}
