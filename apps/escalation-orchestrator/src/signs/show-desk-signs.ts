import type { DataSource } from 'typeorm';
import { deliveries, derivedId, encodeEvent } from '@baton/contracts';
import type { OutgoingRecord } from '@baton/contracts';
import type { GatheringProducer } from '@baton/messaging';
import { TypingPace } from '@baton/telemetry';
import type { Conversation } from '../floor/conversation.js';
import { mayShowAgentSigns } from '../floor/desk-signs.js';
import { SOURCE } from '../judge/carry-out.js';
import { readConversations } from '../judge/conversation-store.js';
import type { SeenSign } from './desk-sign.js';
import { newestRead } from './newest-read.js';

/** That somebody wrote longer ago tells nothing about now (ms). That he read stays true. */
const FRESH_FOR = 10_000;
/** A sign that Kafka does not take at once comes too late (ms). */
const PATIENCE = 1_000;
/** Conversations whose last read message is remembered at most; one that is forgotten is told once more. */
const REMEMBERED = 10_000;
/** Who writes when Crisp does not say. */
const NAMELESS_AGENT = 'Agent';

export interface ShowDeskSignsOptions {
  readonly dataSource: DataSource;
  readonly producer: Pick<GatheringProducer, 'send'>;
  /** ms */
  readonly now: () => number;
  readonly ignored: (reason: string) => void;
}

type Shown<K extends SeenSign['sign']['kind']> = SeenSign & { readonly sign: Extract<SeenSign['sign'], { kind: K }> };

/**
 * Shows the visitor that an agent writes, and that his messages were read. Best effort: one reading without a lock for a batch, nothing is
 * written, nobody waits for Kafka, and what may not be shown is dropped and counted.
 */
export class ShowDeskSigns {
  private readonly pace = new TypingPace();
  private readonly toldRead = new Map<string, string>();

  constructor(private readonly options: ShowDeskSignsOptions) {}

  async show(seen: readonly SeenSign[]): Promise<void> {
    const { now, dataSource, producer, ignored } = this.options;
    const at = now();
    const due = [...this.dueTyping(seen.filter(isTyping), at), ...seen.filter(isRead)];
    if (due.length === 0) return;
    const conversations = await readConversations(
      dataSource,
      due.map(({ conversationId }) => conversationId),
    );
    const shown = due.filter(({ conversationId, sign }) => {
      const conversation = conversations.get(conversationId);
      const may = conversation !== undefined && mayShowAgentSigns(conversation, sign);
      if (!may) ignored('sign-against-the-floor');
      return may;
    });
    const of = (sign: SeenSign) => conversations.get(sign.conversationId)!;
    const typing = shown.filter(isTyping).map((sign) => typingRecord(of(sign), sign, at));
    const read = await this.readRecords(shown.filter(isRead), of, at);
    producer.send([...typing, ...read], { deadlineMs: PATIENCE }).catch(() => ignored('sign-not-sent'));
  }

  /** Only the last word of each conversation matters. */
  private dueTyping(seen: readonly Shown<'typing'>[], now: number): Shown<'typing'>[] {
    const last = [...new Map(seen.map((sign) => [sign.conversationId, sign])).values()];
    return last.filter(({ at, conversationId, sign }) => now - at < FRESH_FOR && this.pace.take(conversationId, sign.typing, now));
  }

  private async readRecords(seen: readonly Shown<'read'>[], of: (sign: SeenSign) => Conversation, now: number): Promise<OutgoingRecord[]> {
    if (seen.length === 0) return [];
    const newest = await newestRead(
      this.options.dataSource,
      seen.map((sign) => ({
        conversationId: sign.conversationId,
        handoverId: of(sign).handover!.id,
        fingerprints: sign.sign.fingerprints,
        at: sign.at,
      })),
    );
    const last = new Map(seen.map((sign) => [sign.conversationId, sign]));
    return [...last.values()].flatMap((sign) => {
      const messageId = newest.get(sign.conversationId);
      if (messageId === undefined || !this.isNews(sign.conversationId, messageId)) return [];
      return [
        encodeEvent(
          deliveries,
          'delivery.read',
          { ...to(of(sign), now), messageId },
          attributes(derivedId('agent-read', sign.conversationId, messageId), sign, now),
        ),
      ];
    });
  }

  private isNews(conversationId: string, messageId: string): boolean {
    if (this.toldRead.get(conversationId) === messageId) return false;
    this.toldRead.delete(conversationId);
    this.toldRead.set(conversationId, messageId);
    if (this.toldRead.size > REMEMBERED) this.toldRead.delete(this.toldRead.keys().next().value!);
    return true;
  }
}

function typingRecord(conversation: Conversation, seen: Shown<'typing'>, now: number): OutgoingRecord {
  const { typing, agent } = seen.sign;
  const { name = conversation.handover?.agent?.name ?? NAMELESS_AGENT, avatar } = agent;
  const author = { kind: 'agent' as const, name, ...(avatar ? { avatar } : {}) };
  const id = derivedId('agent-typing', conversation.id, seen.id);
  return encodeEvent(deliveries, 'delivery.typing', { ...to(conversation, now), author, typing }, attributes(id, seen, now));
}

function to({ id: conversationId, botId, channel, address }: Conversation, now: number) {
  return { conversationId, botId, channel, address, at: new Date(now).toISOString() };
}

function attributes(id: string, { traceparent }: SeenSign, now: number) {
  return { id, source: SOURCE, time: new Date(now), traceparent };
}

function isTyping(seen: SeenSign): seen is Shown<'typing'> {
  return seen.sign.kind === 'typing';
}

function isRead(seen: SeenSign): seen is Shown<'read'> {
  return seen.sign.kind === 'read';
}
