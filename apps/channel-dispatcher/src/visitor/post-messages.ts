import { encodeEvent, newId, sourceOf, visitorMessages } from '@baton/contracts';
import type { Channel, MessageBody, OutgoingRecord } from '@baton/contracts';
import type { Outbox, OutboxTicket } from '@baton/messaging';
import { ERASED_ADDRESS } from '@baton/persistence/retention';
import type { DataSource, EntityManager } from 'typeorm';
import { Gathering } from '../gathering/gathering.js';
import { appendSends } from '../log/append-sends.js';
import type { Send } from '../log/append-sends.js';
import { unwritten } from '../log/log-line.js';
import type { Address } from '../log/log-line.js';
import type { Known, LogStore } from '../log/log.store.js';
import { draftOf, linesOf } from '../log/straight.js';
import { appendStraight, isKnownAlready } from '../log/straight.store.js';
import { written } from '../log/written-line.js';
import type { WrittenLine } from '../log/written-line.js';
import type { Push } from '../push/push.js';

export interface VisitorSend {
  readonly from: Address;
  readonly clientId: string;
  readonly body: MessageBody;
  readonly locale?: string | undefined;
  readonly pageUrl?: string | undefined;
  /** When he wrote it; without it, when it came. */
  readonly at?: Date | undefined;
  /** It is only written down: the orchestrator does not hear of it. */
  readonly untold?: boolean | undefined;
  /** The message that he answers with it: how it begins. */
  readonly replyTo?: { readonly messageId?: string | undefined; readonly excerpt: string } | undefined;
  /** The link or ad by which he came. */
  readonly cameBy?: string | undefined;
  /** What it is called, where that is known before it is written (a UUID). */
  readonly messageId?: string | undefined;
  /** W3C trace context of what brought it. */
  readonly traceparent?: string | undefined;
}

/** Where a message of the visitor is in the log, by its `clientId`. */
export type Place = Omit<Known, 'conversationId' | 'clientId'>;

const MAX_BATCH = 200;
const MAX_WAITING = 5_000;
/** Longer than a restart of Postgres; the browser shows "sending" meanwhile. */
const PATIENCE_MS = 15_000;

/**
 * Writes what visitors send into their logs and to the orchestrator, in one transaction for all that came meanwhile. The same `clientId`
 * is written once, whichever replica it reaches.
 */
export class PostMessages {
  private readonly gathering: Gathering<VisitorSend, Place>;

  constructor(
    private readonly dataSource: DataSource,
    private readonly store: LogStore,
    private readonly outbox: Outbox,
    private readonly push: Push,
    private readonly instance: string,
    isTransient: (error: unknown) => boolean,
  ) {
    const options = { maxBatch: MAX_BATCH, maxWaiting: MAX_WAITING, isTransient, patienceMs: PATIENCE_MS };
    this.gathering = new Gathering((sends) => this.write(sends), options);
  }

  /**
   * Resolves when it is committed, after it was pushed to the sockets of this replica.
   * @throws when it could not be written; sending it again is safe
   */
  post(send: VisitorSend): Promise<Place> {
    return this.gathering.add(send);
  }

  /**
   * Writes messages in a transaction of the caller, who may have more to write with them.
   * @returns what is to be done after the commit
   */
  async postIn(manager: EntityManager, sends: readonly VisitorSend[], now: Date): Promise<() => void> {
    const written = await this.writeUnknown(manager, sends, now);
    return () => this.tell(written);
  }

  /** Resolves when all that was sent so far is written. */
  drain(): Promise<void> {
    return this.gathering.drain();
  }

  private async write(sends: readonly VisitorSend[]): Promise<Place[]> {
    const now = new Date();
    const written = await this.dataSource
      .transaction((manager) => this.writeNew(manager, sends, now))
      .catch((error: unknown) => {
        if (!(error instanceof NotStraight || isKnownAlready(error))) throw error;
        return this.dataSource.transaction((manager) => this.writeUnknown(manager, sends, now));
      });
    this.tell(written);
    return sends.map(({ from, clientId }) => written.places.get(keyOf(from.id, clientId))!);
  }

  private tell({ ticket, lines }: Written): void {
    if (ticket) this.outbox.send(ticket);
    this.push.lines(lines);
  }

  /**
   * As if every message was new and every conversation there: nearly always so.
   * @throws when it was not; then nothing is written
   */
  private async writeNew(manager: EntityManager, sends: readonly VisitorSend[], now: Date): Promise<Written> {
    const pages = [...sortBySender(sends)].map(([id, own]) => {
      const { lines } = appendSends(
        unwritten(own[0]!.from),
        own.map((send) => newSend(send, now)),
        new Set(),
      );
      return { own, straight: { conversationId: id, drafts: lines.map(draftOf), turn: null } };
    });
    const firstSeqs = await appendStraight(
      manager,
      pages.map(({ straight }) => straight),
      this.instance,
    );
    if (firstSeqs.size < pages.length) throw new NotStraight();
    const report = new Report();
    for (const { own, straight } of pages) report.add(own, linesOf(straight, firstSeqs.get(straight.conversationId)!));
    return report.finish(manager, this.outbox);
  }

  /** Under the row locks, with a look at what is there already. */
  private async writeUnknown(manager: EntityManager, sends: readonly VisitorSend[], now: Date): Promise<Written> {
    const bySender = sortBySender(sends);
    const senders = [...bySender.values()].map(([first]) => first!.from);
    const locked = await this.store.lock(manager, senders);
    const cameBack = senders.filter(({ id }) => locked.get(id)!.conversation.address === ERASED_ADDRESS);
    if (cameBack.length > 0) await this.store.create(manager, cameBack);
    const known = await this.store.known(
      manager,
      sends.map(({ from, clientId }) => ({ conversationId: from.id, clientId })),
    );
    const report = new Report(known);
    const conversations = [];
    for (const [id, own] of bySender) {
      const knownIds = new Set(own.filter(({ clientId }) => report.has(id, clientId)).map(({ clientId }) => clientId));
      const appended = appendSends(
        locked.get(id)!.conversation,
        own.map((send) => newSend(send, now)),
        knownIds,
      );
      conversations.push(appended.conversation);
      report.add(
        own,
        appended.lines.map((line) => written(id, line)),
      );
    }
    if (report.lines.length > 0) await this.store.append(manager, conversations, report.lines, this.instance);
    return report.finish(manager, this.outbox);
  }
}

/** A conversation is not there yet. */
class NotStraight extends Error {
  override readonly name = 'NotStraight';
}

interface Written {
  readonly lines: readonly WrittenLine[];
  readonly places: ReadonlyMap<string, Place>;
  readonly ticket: OutboxTicket | undefined;
}

/** What became of a batch of messages. */
class Report {
  readonly lines: WrittenLine[] = [];
  private readonly places = new Map<string, Place>();
  private readonly records: OutgoingRecord[] = [];

  constructor(known: readonly Known[] = []) {
    for (const { conversationId, clientId, ...place } of known) this.places.set(keyOf(conversationId, clientId), place);
  }

  has(conversationId: string, clientId: string): boolean {
    return this.places.has(keyOf(conversationId, clientId));
  }

  add(sends: readonly VisitorSend[], lines: readonly WrittenLine[]): void {
    for (const line of lines) {
      const { conversationId, clientId, messageId, seq, at } = line;
      this.lines.push(line);
      const send = sends.find((send) => send.clientId === clientId)!;
      if (!send.untold) this.records.push(recordOf(send, line));
      this.places.set(keyOf(conversationId, clientId!), { messageId: messageId!, seq, at });
    }
  }

  async finish(manager: EntityManager, outbox: Outbox): Promise<Written> {
    return {
      lines: this.lines,
      places: this.places,
      ticket: this.records.length > 0 ? await outbox.add(manager, this.records) : undefined,
    };
  }
}

const keyOf = (conversationId: string, clientId: string): string => `${conversationId} ${clientId}`;

function newSend({ clientId, body, at, messageId }: VisitorSend, now: Date): Send {
  return { clientId, body, messageId: messageId ?? newId(), at: at ?? now };
}

function sortBySender(sends: readonly VisitorSend[]): Map<string, VisitorSend[]> {
  const bySender = new Map<string, VisitorSend[]>();
  for (const send of sends) {
    const own = bySender.get(send.from.id);
    if (own) own.push(send);
    else bySender.set(send.from.id, [send]);
  }
  return bySender;
}

function recordOf({ from, body, locale, pageUrl, replyTo, cameBy, traceparent }: VisitorSend, line: WrittenLine): OutgoingRecord {
  const { id: conversationId, botId, channel, address } = from;
  const data = {
    conversationId,
    botId,
    channel: channel as Channel,
    address,
    messageId: line.messageId!,
    seq: line.seq,
    at: line.at,
    body,
    ...(locale === undefined ? {} : { locale }),
    ...(pageUrl === undefined ? {} : { pageUrl }),
    ...(replyTo === undefined ? {} : { replyTo }),
    ...(cameBy === undefined ? {} : { cameBy }),
  };
  return encodeEvent(visitorMessages, 'visitor.message', data, {
    id: line.messageId!,
    source: sourceOf('dispatcher'),
    time: new Date(line.at),
    traceparent,
  });
}
