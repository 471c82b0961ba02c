import type { DataSource } from 'typeorm';
import type { visitorMessages, ReceivedEvent } from '@baton/contracts';
import { CrispError } from '@baton/crisp';
import type { CrispConnections } from '@baton/crisp';
import { TypingPace } from '@baton/telemetry';
import type { Spending } from '../desk/budget/spending.js';
import { placeOfVisitorSigns } from '../floor/desk-signs.js';
import type { DeskPlace } from '../floor/desk-signs.js';
import type { FloorPolicy } from '../floor/policy.js';
import { crispTarget } from '../judge/desk-plan.js';
import { readConversations } from '../judge/conversation-store.js';

export type VisitorTyping = Extract<ReceivedEvent<typeof visitorMessages>, { type: 'visitor.typing' }>;

/** What was said longer ago tells nothing about now (ms). */
const FRESH_FOR = 5_000;
/** One sign in so long keeps it alight at Crisp for the agent (ms). */
const AGAIN_AFTER = 4_000;
/** A sign that takes longer comes too late (ms). */
const PATIENCE = 2_000;
/** Of what a website allows in a second, signs take at most this part at once, in each replica; the rest is for words. */
const PART_OF_CALLS = 0.25;
/** Sessions in which somebody is seen writing are remembered at most; one that is forgotten goes out by itself. */
const REMEMBERED = 10_000;

/** The signs among what visitors did: nobody is seen writing at what he has sent. */
export function typingIn(events: readonly ReceivedEvent<typeof visitorMessages>[]): VisitorTyping[] {
  const sentAt = new Map(
    events.flatMap((event, nth) => (event.type === 'visitor.message' ? [[event.data.conversationId, nth] as const] : [])),
  );
  return events.filter(
    (event, nth): event is VisitorTyping =>
      event.type === 'visitor.typing' && !(event.data.typing && nth < (sentAt.get(event.data.conversationId) ?? -1)),
  );
}

export interface PassOnTypingOptions {
  readonly dataSource: DataSource;
  readonly connections: Pick<CrispConnections, 'of' | 'callsPerSecond'>;
  readonly policyOf: (botId: string) => FloorPolicy | undefined;
  readonly spending: Pick<Spending, 'whyNot' | 'leftOut'>;
  /** Targets that are left in peace now. */
  readonly sickTargets: () => readonly string[];
  /** ms */
  readonly now: () => number;
}

interface Sign extends DeskPlace {
  readonly botId: string;
  readonly typing: boolean;
}

/**
 * Shows agents in Crisp that the visitor writes. Best effort and beside the lanes of words: nothing is written, nobody waits for it, and a
 * sign is left out as soon as anything else could want its call.
 */
export class PassOnTyping {
  private readonly pace = new TypingPace(AGAIN_AFTER);
  /** By session: a call that is under way, and the sign that came meanwhile. */
  private readonly underWay = new Map<string, { next: Sign | undefined; readonly done: Promise<void> }>();
  private readonly atWebsite = new Map<string, number>();
  /** Sessions in which he is seen writing. */
  private readonly alight = new Set<string>();
  private readonly closing = new AbortController();

  constructor(private readonly options: PassOnTypingOptions) {}

  /** Resolves when it is known which signs are given; their calls are not waited for. */
  async pass(events: readonly VisitorTyping[]): Promise<void> {
    const due = this.due(events);
    if (due.length === 0) return;
    const conversations = await readConversations(
      this.options.dataSource,
      due.map(({ data }) => data.conversationId),
    );
    for (const { data } of due) {
      const conversation = conversations.get(data.conversationId);
      const place = conversation && placeOfVisitorSigns(conversation);
      if (!place) this.options.spending.leftOut('against-the-floor');
      else this.give({ ...place, botId: conversation.botId, typing: data.typing });
    }
  }

  async close(): Promise<void> {
    this.closing.abort();
    await Promise.all([...this.underWay.values()].map(({ done }) => done));
  }

  /** Only the last word of each conversation matters. */
  private due(events: readonly VisitorTyping[]): VisitorTyping[] {
    const { now, policyOf, spending } = this.options;
    const at = now();
    const last = [...new Map(events.map((event) => [event.data.conversationId, event])).values()];
    return last.filter(({ time, data: { botId, conversationId, typing } }) => {
      if (policyOf(botId)?.handover.signs !== true) return false;
      const isFresh = at - time.getTime() <= FRESH_FOR;
      if (!isFresh) spending.leftOut('too-old');
      return isFresh && this.pace.take(conversationId, typing, at);
    });
  }

  /** What was never seen to begin needs no end; what is not ended goes out by itself. */
  private give(sign: Sign): void {
    const busy = this.underWay.get(sign.sessionId);
    if (busy) {
      busy.next = sign;
      return;
    }
    if (!this.alight.delete(sign.sessionId) && !sign.typing) return;
    const whyNot = this.whyNot(sign);
    if (whyNot !== undefined) return this.options.spending.leftOut(whyNot);
    const done = this.call(sign).finally(() => {
      const next = this.underWay.get(sign.sessionId)?.next;
      this.underWay.delete(sign.sessionId);
      if (next) this.give(next);
    });
    this.underWay.set(sign.sessionId, { next: undefined, done });
  }

  private whyNot({ websiteId, botId }: Sign): string | undefined {
    if (this.closing.signal.aborted) return 'closing';
    if (this.options.sickTargets().includes(crispTarget(websiteId))) return 'crisp-sick';
    const room = Math.max(1, this.options.connections.callsPerSecond(websiteId) * PART_OF_CALLS);
    if ((this.atWebsite.get(websiteId) ?? 0) >= room) return 'too-many';
    return this.options.spending.whyNot('typing', { websiteId, botId });
  }

  private async call({ websiteId, sessionId, botId, typing }: Sign): Promise<void> {
    const { connections, spending } = this.options;
    const client = connections.of(websiteId, botId)?.client;
    if (!client) return spending.leftOut('no-connection');
    this.atWebsite.set(websiteId, (this.atWebsite.get(websiteId) ?? 0) + 1);
    try {
      const compose = { type: typing ? ('start' as const) : ('stop' as const), from: 'user' as const };
      await client.compose({ websiteId, sessionId }, compose, { timeoutMs: PATIENCE, signal: this.closing.signal });
      if (typing) this.alight.add(sessionId);
      if (this.alight.size > REMEMBERED) this.alight.delete(this.alight.values().next().value!);
    } catch (error) {
      spending.leftOut(error instanceof CrispError && error.code === 'crisp.rate-limited' ? 'crisp-refuses' : 'failed');
    } finally {
      const others = this.atWebsite.get(websiteId)! - 1;
      if (others > 0) this.atWebsite.set(websiteId, others);
      else this.atWebsite.delete(websiteId);
    }
  }
}
