import type { CrispClient } from '@baton/crisp';

/** Crisp shows it for about 6 s. */
const RENEW_EVERY = 4_000;
/** Nobody is shown as typing for longer, whatever becomes of the answer (ms). */
const AT_MOST = 90_000;
/** From its decision on an answer takes no longer, where Crisp is well (ms). */
const ON_ITS_WAY = 5_000;

interface Shown {
  readonly client: CrispClient;
  readonly websiteId: string;
  readonly timer: NodeJS.Timeout;
  until: number;
}

/** Shows visitors that an answer is being written. All of it is best effort: it never delays an answer and never fails one. */
export class TypingShown {
  private readonly shown = new Map<string, Shown>();
  private readonly underWay = new Set<Promise<void>>();

  /** @param callsPerSecond what a website allows: where many answers are in the making, calls are kept for what is said */
  constructor(private readonly callsPerSecond: (websiteId: string) => number) {}

  begin(client: CrispClient, websiteId: string, sessionId: string): void {
    this.end(sessionId);
    if (this.countOf(websiteId) >= this.callsPerSecond(websiteId) / 2) return;
    const timer = setInterval(() => {
      if (performance.now() >= shown.until) this.end(sessionId);
      else this.tell(client, websiteId, sessionId, 'start');
    }, RENEW_EVERY);
    const shown: Shown = { client, websiteId, timer, until: performance.now() + AT_MOST };
    this.shown.set(sessionId, shown);
    this.tell(client, websiteId, sessionId, 'start');
  }

  /** The answer is on its way, perhaps out of another process, which cannot end what is shown by this one. */
  isOnItsWay(sessionId: string): void {
    const shown = this.shown.get(sessionId);
    if (shown) shown.until = Math.min(shown.until, performance.now() + ON_ITS_WAY);
  }

  end(sessionId: string): void {
    const shown = this.shown.get(sessionId);
    if (!shown) return;
    clearInterval(shown.timer);
    this.shown.delete(sessionId);
    this.tell(shown.client, shown.websiteId, sessionId, 'stop');
  }

  /** Ends all, and waits until Crisp was told. */
  async stop(): Promise<void> {
    for (const sessionId of [...this.shown.keys()]) this.end(sessionId);
    await Promise.all(this.underWay);
  }

  private tell(client: CrispClient, websiteId: string, sessionId: string, type: 'start' | 'stop'): void {
    const told: Promise<void> = client
      .compose({ websiteId, sessionId }, { type, from: 'operator', automated: true }, { timeoutMs: 2_000 })
      .catch(() => undefined)
      .finally(() => this.underWay.delete(told));
    this.underWay.add(told);
  }

  private countOf(websiteId: string): number {
    let count = 0;
    for (const one of this.shown.values()) if (one.websiteId === websiteId) count += 1;
    return count;
  }
}
