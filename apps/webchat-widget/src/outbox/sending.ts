import type { Line } from '../connection/line.js';
import { Timer } from '../shared/timer.js';
import { bodyOf } from './outbox.js';
import type { Outbox, Unsent } from './outbox.js';

/** A message not confirmed for so long is doubted, and the line with it (ms). */
export const ACK_MS = 10_000;
/** Where the server does not say when to come again (ms). */
const AGAIN_MS = 1_000;

/** Refused for now: it may be sent again. */
export function passes(code: string): boolean {
  return code === 'too-fast' || code === 'try-later';
}

/** Sends what waits in the outbox, the oldest first and one at a time: the next one when the server has taken it or never will. */
export class Sending {
  private current: Unsent | undefined;
  private readonly timer = new Timer();

  constructor(
    private readonly outbox: Outbox,
    private readonly line: Pick<Line, 'state' | 'send' | 'restart'>,
  ) {}

  /** The next one, where none is on its way. */
  pump(): void {
    if (this.current || this.line.state !== 'online') return;
    const next = this.outbox.next();
    if (!next || !this.line.send({ t: 'send', clientId: next.clientId, body: bodyOf(next) })) return;
    this.current = next;
    this.timer.set(ACK_MS, () => this.line.restart());
  }

  /** What that is, if it was sent and not confirmed; another tab may have taken it out of the outbox since. */
  find(clientId: string): Unsent | undefined {
    return this.current?.clientId === clientId ? this.current : this.outbox.all().find((unsent) => unsent.clientId === clientId);
  }

  confirmed(clientId: string): void {
    this.outbox.remove(clientId);
    if (this.current?.clientId !== clientId) return;
    this.interrupted();
    this.pump();
  }

  refused(clientId: string, code: string, retryAfterMs = AGAIN_MS): void {
    if (this.current?.clientId === clientId) this.interrupted();
    if (!passes(code)) this.outbox.fail(clientId, code);
    else if (!this.current) return this.timer.set(retryAfterMs, () => this.pump());
    this.pump();
  }

  /** Nobody knows what became of the one on its way: it is sent again when there is a line. */
  interrupted(): void {
    this.current = undefined;
    this.timer.stop();
  }
}
