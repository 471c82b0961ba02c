import type { SenderActionRequest } from '@baton/messenger';
import { lastOfEach } from '../arrivals/parcels.js';
import type { Sign } from '../arrivals/parcels.js';
import type { Address } from '../log/log-line.js';
import type { MessengerPages } from './messenger-pages.js';
import { personOf } from './target.js';

type Action = SenderActionRequest['action'];

/** Signs under way at once; more are left out. */
const AT_ONCE = 50;
/** A sign that takes longer comes too late (ms). */
const PATIENCE_MS = 3_000;

/**
 * Shows the person that he was read and that somebody writes. Best effort: a sign that cannot be given is left out, nobody waits for it, and
 * a page that is stopped gets none.
 */
export class MessengerSigns {
  private stopped: ReadonlySet<string> = new Set();
  private readonly underWay = new Set<Promise<void>>();
  private readonly closing = new AbortController();

  constructor(private readonly pages: MessengerPages) {}

  /** Their words came; to some of them the bot is about to answer. */
  heard(people: readonly { readonly of: Address; readonly isAnswering: boolean }[]): void {
    const once = new Map(people.map((person) => [person.of.id, person]));
    for (const { of, isAnswering } of once.values()) {
      this.give(of.botId, of.address, isAnswering ? ['mark_seen', 'typing_on'] : ['mark_seen']);
    }
  }

  /** What is seen of an agent, or of the bot; of each person only the last of a kind. */
  show(signs: readonly Sign[]): void {
    for (const sign of lastOfEach(signs)) {
      const action = 'messageId' in sign ? 'mark_seen' : sign.typing ? 'typing_on' : 'typing_off';
      this.give(sign.botId, sign.address, [action]);
    }
  }

  /** Pages that are not to be called. */
  leaveOut(pageIds: readonly string[]): void {
    this.stopped = new Set(pageIds);
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all(this.underWay);
  }

  private give(botId: string, address: string, actions: readonly Action[]): void {
    const person = personOf(address);
    if (!person || this.closing.signal.aborted || this.stopped.has(person.pageId) || this.underWay.size >= AT_ONCE) return;
    const page = this.pages.of(person.pageId, botId);
    if (!page) return;
    const options = { timeoutMs: PATIENCE_MS, signal: this.closing.signal };
    const giving: Promise<void> = (async () => {
      for (const action of actions) {
        await page.client.senderAction({ pageId: person.pageId, recipientId: person.userId, action }, options);
      }
    })()
      .catch(() => undefined)
      .finally(() => this.underWay.delete(giving));
    this.underWay.add(giving);
  }
}
