import type { KeptRequest } from './privacy-request.js';
import type { PrivacyStore, ToSave } from './privacy-store.js';

/** So long a request is nobody else's work (ms): much longer than a service may take for one portion. */
const LEASE_MS = 60_000;

/** Somebody else has taken the request over: what is done for it from here on is his. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** That a request is one replica's work; whoever works for longer renews it. */
export class Lease {
  private constructor(
    private readonly o: { readonly store: PrivacyStore; readonly now: () => Date; readonly requestId: string },
    private until: Date,
  ) {}

  /** Takes a request that is due, if there is one. */
  static async take(store: PrivacyStore, now: () => Date) {
    const until = untilFrom(now());
    const request = await store.take(now(), until);
    return request && { request, lease: new Lease({ store, now, requestId: request.requestId }, until) };
  }

  /** @throws LeaseLost */
  async renew(): Promise<void> {
    const until = untilFrom(this.o.now());
    if (!(await this.o.store.renew(this.o.requestId, { from: this.until, until }))) throw new LeaseLost('renewed too late');
    this.until = until;
  }

  /** What was done is saved, and the request let go. @throws LeaseLost */
  async save(request: KeptRequest, o: ToSave): Promise<void> {
    if (!(await this.o.store.save(request, { ...o, lease: this.until }))) throw new LeaseLost('saved too late');
  }
}

const untilFrom = (now: Date): Date => new Date(now.getTime() + LEASE_MS);
