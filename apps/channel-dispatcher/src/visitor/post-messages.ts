import { encodeEvent, newId, sourceOf, visitorMessages } from '@baton/contracts';
import type { Channel, MessageBody, OutgoingRecord } from '@baton/contracts';
import type { Outbox } from '@baton/messaging';
import type { DataSource } from 'typeorm';
import { Gathering } from '../gathering/gathering.js';
import { appendSends } from '../log/append-sends.js';
import type { Send } from '../log/append-sends.js';
import type { Address, LogLine } from '../log/log-line.js';
import type { Known, LogStore } from '../log/log.store.js';
import { written } from '../log/written-line.js';
import type { WrittenLine } from '../log/written-line.js';
import type { Push } from '../push/push.js';

export interface VisitorSend {
  readonly from: Address;
  readonly clientId: string;
  readonly body: MessageBody;
  readonly locale?: string | undefined;
  readonly pageUrl?: string | undefined;
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

  /** Resolves when all that was sent so far is written. */
  drain(): Promise<void> {
    return this.gathering.drain();
  }

  private async write(sends: readonly VisitorSend[]): Promise<Place[]> {
    const now = new Date();
    const { lines, ticket, places } = await this.dataSource.transaction(async (manager) => {
      const bySender = sortBySender(sends);
      const locked = await this.store.lock(
        manager,
        [...bySender.values()].map(([first]) => first!.from),
      );
      const known = await this.store.known(
        manager,
        sends.map(({ from, clientId }) => ({ conversationId: from.id, clientId })),
      );
      const places = new Map<string, Place>(known.map(({ conversationId, clientId, ...place }) => [keyOf(conversationId, clientId), place]));

      const conversations = [];
      const lines: WrittenLine[] = [];
      const records: OutgoingRecord[] = [];
      for (const [id, own] of bySender) {
        const knownIds = new Set(own.filter(({ clientId }) => places.has(keyOf(id, clientId))).map(({ clientId }) => clientId));
        const appended = appendSends(locked.get(id)!.conversation, own.map((send) => newSend(send, now)), knownIds);
        conversations.push(appended.conversation);
        for (const line of appended.lines) {
          const send = own.find(({ clientId }) => clientId === line.clientId)!;
          lines.push(written(id, line));
          records.push(recordOf(send, line));
          places.set(keyOf(id, send.clientId), { messageId: line.messageId!, seq: line.seq, at: line.at });
        }
      }
      if (lines.length > 0) await this.store.append(manager, conversations, lines, this.instance);
      return { lines, places, ticket: records.length > 0 ? await this.outbox.add(manager, records) : undefined };
    });
    if (ticket) this.outbox.send(ticket);
    this.push.lines(lines);
    return sends.map(({ from, clientId }) => places.get(keyOf(from.id, clientId))!);
  }
}

const keyOf = (conversationId: string, clientId: string): string => `${conversationId} ${clientId}`;

function newSend({ clientId, body }: VisitorSend, at: Date): Send {
  return { clientId, body, messageId: newId(), at };
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

function recordOf({ from, body, locale, pageUrl }: VisitorSend, line: LogLine): OutgoingRecord {
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
  };
  return encodeEvent(visitorMessages, 'visitor.message', data, {
    id: line.messageId!,
    source: sourceOf('dispatcher'),
    time: new Date(line.at),
  });
}
