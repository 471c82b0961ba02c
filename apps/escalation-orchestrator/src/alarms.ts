import { counter, METRICS } from '@baton/telemetry';
import type { Logger } from '@baton/telemetry';

/** The same alarm of one conversation stands in the log once in so long (ms). */
const QUIET = 60_000;
/** Conversations remembered for that; when there are more, the oldest may be told again early. */
const REMEMBERED = 10_000;

/** Something goes round in a circle: counted each time by its name, and told in the log with the conversation, but not each time. */
export class Alarms {
  private readonly rung = counter(METRICS.alarms);
  private readonly toldAt = new Map<string, number>();

  constructor(
    private readonly log: Pick<Logger, 'warn'>,
    private readonly now: () => number,
  ) {}

  ring({ conversationId, name }: { readonly conversationId: string; readonly name: string }): void {
    this.rung.inc({ name });
    const key = `${name} ${conversationId}`;
    const now = this.now();
    if (now - (this.toldAt.get(key) ?? -Infinity) < QUIET) return;
    this.toldAt.delete(key);
    this.toldAt.set(key, now);
    const [oldest] = this.toldAt.keys();
    if (this.toldAt.size > REMEMBERED && oldest !== undefined) this.toldAt.delete(oldest);
    this.log.warn({ alarm: name, conversationId }, 'a conversation went round in a circle and was cut');
  }
}
